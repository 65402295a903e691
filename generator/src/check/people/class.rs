//! What the rules may ask of a word, as bits: a word can be more than one thing.

pub type Class = u64;

/// Somebody with a residence permit, or who asks for one.
pub const PERMIT: Class = 1;
/// A family or household.
pub const HOUSEHOLD: Class = 1 << 1;
/// People in general.
pub const PEOPLE: Class = 1 << 2;
/// Of a family: only where people come from is asked of these.
pub const RELATIVE: Class = 1 << 3;
/// *zij*, *hij*.
pub const PRONOUN: Class = 1 << 4;
/// One of them, not several.
pub const SINGLE: Class = 1 << 5;
/// Exactly two of them, in languages that have a form for it.
pub const TWO: Class = 1 << 6;

pub const COME: Class = 1 << 7;
pub const LIVE: Class = 1 << 8;
/// Coming to live somewhere, in one word.
pub const MOVE: Class = 1 << 9;
pub const GET: Class = 1 << 10;
pub const HOME: Class = 1 << 11;
/// Coming for something else than to live there.
pub const VISIT: Class = 1 << 12;

pub const ONE: Class = 1 << 13;
/// Two, three or four.
pub const FEW: Class = 1 << 14;
/// Five or more.
pub const MANY: Class = 1 << 15;

/// *Syrisch*.
pub const NATIONALITY: Class = 1 << 16;
pub const COUNTRY: Class = 1 << 17;
/// *Syriër*: a person by the country alone.
pub const DEMONYM: Class = 1 << 18;
pub const FROM: Class = 1 << 19;
/// May stand between people and where they come from: *die*, *is*, *gevlucht*.
pub const LINK: Class = 1 << 20;

/// *uw*, *deze*: a place that the reader knows.
pub const POINTING: Class = 1 << 21;
/// *straat*, *wijk*, *dorp*.
pub const UNIT: Class = 1 << 22;
pub const THE: Class = 1 << 23;
pub const IN: Class = 1 << 24;
/// *op*, *aan*: what may stand before a street, or a day.
pub const ON: Class = 1 << 25;
/// *naast*, *bij*; with [`YOU`] a place.
pub const NEXT_TO: Class = 1 << 26;
pub const YOU: Class = 1 << 27;
/// A name that is not a small place: a country, a language.
pub const GENERAL: Class = 1 << 28;

pub const MONTH: Class = 1 << 29;
/// A day near enough to name: *binnenkort*, *morgen*.
pub const SOON: Class = 1 << 30;
/// *volgende*, *deze*; with [`PERIOD`] a time.
pub const NEXT: Class = 1 << 31;
pub const PERIOD: Class = 1 << 32;
/// *over* twee weken.
pub const AFTER: Class = 1 << 33;

/// *er*, as in *er komt*.
pub const THERE: Class = 1 << 34;
/// May stand between a number and people: *nieuwe*, *jonge*.
pub const NEW: Class = 1 << 35;
/// *nooit*, *hoe*: the sentence announces nothing.
pub const NOT: Class = 1 << 36;
/// *soms*, *als*: the sentence is about what may be.
pub const SOMETIMES: Class = 1 << 37;
/// *of*, which asks when the right word follows.
pub const WHETHER: Class = 1 << 38;
/// *Wist u dat*: a question that tells.
pub const KNOWN: Class = 1 << 39;
/// Of many words only the sort is known: a name.
pub const CAPITAL: Class = 1 << 40;
/// The name of a street.
pub const STREET: Class = 1 << 41;

/// Between two of a kind: *en*, *of*.
pub const AND: Class = 1 << 42;

/// A sentence without one of these tells nothing.
pub const TELLING: Class =
    TWO | ONE | FEW | LIVE | MOVE | GET | COME | NATIONALITY | COUNTRY | DEMONYM | STREET;

/// Any word for people.
pub const ANYBODY: Class = PERMIT | HOUSEHOLD | PEOPLE;
/// Words for people that this site is about.
pub const SOMEBODY: Class = PERMIT | HOUSEHOLD;
