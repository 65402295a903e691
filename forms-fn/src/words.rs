//! Closed lists of words that stand in the table.

/// An enum whose members have one spelling each, with `ALL`, `as_str` and `parse`.
macro_rules! word_list {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$note:meta])* $member:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$note])* $member,)+
        }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$member),+];

            /// The spelling in the table.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$member => $word,)+
                }
            }

            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|member| member.as_str() == text)
            }
        }
    };
}

pub(crate) use word_list;
