//! What an editor reads of a finding: message and hint.

use forms_core::privacy::Trace;

use crate::check::people::Told;

pub fn of_trace(trace: Trace) -> (&'static str, &'static str) {
    match trace {
        Trace::CitizenNumber => (
            "lijkt een burgerservicenummer.",
            "Haal het nummer weg, ook uit de geschiedenis van het bestand.",
        ),
        Trace::Postcode => (
            "lijkt een postcode. Deze site noemt nooit een plek kleiner dan een wijk of dorp.",
            "Noem de wijk of het dorp.",
        ),
        Trace::HouseNumber => (
            "lijkt een straat met huisnummer. Deze site noemt nooit een adres.",
            "Noem de wijk of het dorp.",
        ),
        Trace::Phone => (
            "lijkt een telefoonnummer in een tekst.",
            "Zet het nummer van een organisatie in organisations/, en schrijf ::organisation naam::.",
        ),
        Trace::Email => (
            "lijkt een e-mailadres in een tekst.",
            "Verwijs naar het formulier of naar ::organisation naam::.",
        ),
    }
}

pub fn of_people(told: Told) -> (&'static str, &'static str) {
    match told {
        Told::Placement => (
            "lijkt aan te kondigen dat er iemand komt wonen. Deze site vertelt dat nooit.",
            "Haal de zin weg. Elke tekst geldt altijd, voor het hele gebied.",
        ),
        Told::Count => (
            "noemt een aantal onder de vijf. Dan is te raden om wie het gaat.",
            "Haal het aantal weg.",
        ),
        Told::Origin => (
            "noemt waar mensen vandaan komen. Deze site noemt nooit een land van herkomst.",
            "Haal het land weg.",
        ),
        Told::Street => {
            ("noemt een straat waar iemand woont of komt wonen.", "Noem de wijk of het dorp.")
        }
    }
}
