//! The calendar: groups of the made-up body and their meetings of five years, without chance.

use jiff::civil::{Date, Weekday};

/// A working group.
pub(super) struct Group {
    /// `MADE WG1`.
    pub(super) name: &'static str,
    /// First letters of its document numbers: `M1`.
    pub(super) prefix: &'static str,
    /// What it works on.
    pub(super) title: &'static str,
    /// Number of its first meeting in 2021.
    first: u32,
    /// Months in which it meets.
    months: [i8; 6],
    /// Month of 2021 in which it was founded.
    since: i8,
    /// Work items: name, first and last year.
    pub(super) work: &'static [(&'static str, i16, i16)],
}

/// How a meeting was held.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    Remote,
    Hybrid,
    InPerson,
}

/// A meeting of one group.
pub(super) struct Meeting {
    /// Index in [`GROUPS`].
    pub(super) group: usize,
    /// Its number in the series of the group.
    pub(super) number: u32,
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) held: Held,
}

/// The working groups.
pub(super) const GROUPS: &[Group] = &[
    Group {
        name: "MADE WG1",
        prefix: "M1",
        title: "Semantics and registries",
        first: 11,
        months: [1, 3, 5, 7, 9, 11],
        since: 1,
        work: &[
            ("REG_Ph1", 2021, 2022),
            ("FS_UNITS", 2021, 2021),
            ("LANGTAG", 2021, 2023),
            ("REG_Ph2", 2023, 2025),
            ("FS_LINK", 2022, 2023),
            ("LINK", 2024, 2025),
            ("CATSEARCH", 2024, 2025),
            ("TEI1", 2021, 2025),
        ],
    },
    Group {
        name: "MADE WG2",
        prefix: "M2",
        title: "Transport and gateways",
        first: 8,
        months: [2, 4, 6, 8, 10, 12],
        since: 1,
        work: &[
            ("GATEWAY", 2021, 2023),
            ("FS_BULK", 2021, 2022),
            ("BULK", 2023, 2025),
            ("OFFLINE", 2022, 2024),
            ("FS_QUOTA", 2024, 2025),
            ("GATEWAY_Ph2", 2024, 2025),
            ("TEI2", 2021, 2025),
        ],
    },
    Group {
        name: "MADE WG3",
        prefix: "M3",
        title: "Trust and assurance",
        first: 1,
        months: [1, 3, 5, 7, 9, 11],
        since: 6,
        work: &[
            ("FS_TRUST", 2021, 2022),
            ("TRUST", 2022, 2024),
            ("CONSENT", 2021, 2025),
            ("FS_AUDIT", 2023, 2024),
            ("AUDIT", 2025, 2025),
            ("KEYROT", 2023, 2025),
        ],
    },
];

/// Returns every meeting of 2021 to 2025, by group and then by date.
pub(super) fn meetings() -> Vec<Meeting> {
    let mut meetings = Vec::new();
    for (at, group) in GROUPS.iter().enumerate() {
        let days = (2021..=2025)
            .flat_map(|year| group.months.iter().map(move |&month| (year, month)))
            .filter(|&(year, month)| year > 2021 || month >= group.since);
        meetings.extend(days.zip(group.first..).map(|((year, month), number)| meeting(at, number, year, month)));
    }
    meetings
}

/// Years since the beginning of 2021.
pub(super) fn years(day: Date) -> f64 {
    f64::from(day.year() - 2021) + f64::from(day.month() - 1) / 12.0
}

/// The third group meets in the fourth week, the others in the second; each meets from Monday to Friday.
fn meeting(group: usize, number: u32, year: i16, month: i8) -> Meeting {
    let week = if group == 2 { 4 } else { 2 };
    let from = Date::new(year, month, 1)
        .and_then(|first| first.nth_weekday_of_month(week, Weekday::Monday))
        .expect("every month has four Mondays");
    let to = from.saturating_add(jiff::Span::new().days(4));
    let held = match (year, month) {
        (2021, _) => Held::Remote,
        (2022, _) => Held::Hybrid,
        (_, 7 | 8) => Held::Remote,
        (_, 1 | 2) => Held::InPerson,
        _ => Held::Hybrid,
    };
    Meeting { group, number, from, to, held }
}

impl Meeting {
    /// The group that met.
    pub(super) fn of(&self) -> &'static Group {
        &GROUPS[self.group]
    }

    /// The other groups that exist by then.
    pub(super) fn others(&self) -> impl Iterator<Item = &'static Group> {
        let month = self.from.month();
        let is_founded = move |group: &&Group| self.from.year() > 2021 || group.since <= month;
        GROUPS.iter().filter(|group| group.name != self.of().name).filter(is_founded)
    }

    /// `MADE WG1#12`.
    pub(super) fn name(&self) -> String {
        format!("{}#{}", self.of().name, self.number)
    }

    /// `wg1-12`, for file names.
    pub(super) fn slug(&self) -> String {
        format!("wg{}-{:02}", self.group + 1, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twelfth_meeting_of_the_first_group_was_in_march_2021() {
        let meetings = meetings();
        assert_eq!(meetings.len(), 30 + 30 + 27);
        let twelfth = meetings.iter().find(|meeting| meeting.name() == "MADE WG1#12").unwrap();
        assert_eq!(format!("{}..{}", twelfth.from, twelfth.to), "2021-03-08..2021-03-12");
    }
}
