//! How a command ends: the documented exit codes.

use fact::{Fault, Remedy};

/// Said when the user interrupted.
pub const INTERRUPTED: &str = "interrupted; what was committed is kept, and the same command completes the rest.";

/// Why a command did not end well.
#[derive(Debug)]
pub enum Failure {
    /// Something went wrong.
    Fault(Fault),
    /// More problems than allowed; what could be read was kept.
    Quality(String),
    /// There is nothing of the kind asked for.
    Nothing(Fault),
    /// A privacy rule forbids the answer.
    Private(Fault),
    /// The user interrupted; what was read was kept.
    Interrupted,
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Failure {
    /// Returns the exit code: 1 failure, 2 usage, 3 data quality, 4 nothing found, 5 unreadable input, 6 privacy.
    /// 130 interrupted. (0 is success.)
    #[must_use]
    pub fn code(&self) -> u8 {
        match self {
            Self::Fault(fault) => match fault.remedy {
                Remedy::Ask => 2,
                Remedy::Source => 5,
                Remedy::Setup | Remedy::Bug => 1,
            },
            Self::Quality(_) => 3,
            Self::Nothing(_) => 4,
            Self::Private(_) => 6,
            Self::Interrupted => 130,
        }
    }

    /// Returns what is printed on stderr.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Fault(fault) | Self::Nothing(fault) | Self::Private(fault) => {
                format!("error: {fault}\nhint: {}", fault.hint)
            }
            Self::Interrupted => INTERRUPTED.into(),
            Self::Quality(what) => format!(
                "error: {what}\nhint: look at them with `rapporteur problems`; allow a share with `--allow-problems 2%`"
            ),
        }
    }

    /// Returns the same as an object for `--json`.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        let (place, what, hint) = match self {
            Self::Fault(fault) | Self::Nothing(fault) | Self::Private(fault) => {
                (fault.place.as_str(), fault.what.as_str(), fault.hint.as_str())
            }
            Self::Interrupted => ("intake", INTERRUPTED, "run the same command again"),
            Self::Quality(what) => ("intake", what.as_str(), "look at them with `rapporteur problems`"),
        };
        serde_json::json!({ "code": self.code(), "place": place, "message": what, "hint": hint })
    }
}
