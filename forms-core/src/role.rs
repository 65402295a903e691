//! What volunteers can do, and whether there is room.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Switched by the editor on the day it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RoleState {
    #[serde(rename = "open")]
    Open,
    /// Can be chosen, and it takes a while.
    #[serde(rename = "wachtlijst")]
    WaitingList,
    /// Is shown and cannot be chosen.
    #[serde(rename = "vol")]
    Full,
}

impl RoleState {
    pub const ALL: [RoleState; 3] = [RoleState::Open, RoleState::WaitingList, RoleState::Full];

    /// The spelling in content files, and the theme's key under `[role]`.
    pub fn as_str(self) -> &'static str {
        match self {
            RoleState::Open => "open",
            RoleState::WaitingList => "wachtlijst",
            RoleState::Full => "vol",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    pub id: String,
    pub state: RoleState,
    /// The organisation that hears of whoever chooses it.
    pub owner: String,
    /// By language, the site's first language among them.
    pub texts: BTreeMap<String, RoleTexts>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleTexts {
    pub name: String,
    /// What somebody does, in one or two sentences.
    pub summary: String,
}

impl Role {
    /// The words in this language; those of any other where there are none.
    pub fn texts(&self, lang: &str) -> Option<&RoleTexts> {
        self.texts.get(lang).or_else(|| self.texts.values().next())
    }

    pub fn name(&self, lang: &str) -> &str {
        self.texts(lang).map_or(&self.id, |texts| &texts.name)
    }
}
