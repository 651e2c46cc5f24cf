//! The list that a message was sent to, as the list names itself.
//!
//! Taken is the first that is there of: `List-Id` (its identifier), `List-Post`, `X-BeenThere`, `X-Mailing-List` and the
//! like, a `Sender` that LISTSERV or a list of the older kind wrote, the name of the file, and, for monthly files that are
//! named after the month, the tag in brackets that the subjects carry. An address `wg@example.org` of a list is written
//! `wg.example.org`, as `List-Id` has it: one list keeps one name whichever of its headers survives.

use super::head::{Head, Name};
use super::words;

/// Returns the list that the headers name.
pub fn of_head(bytes: &[u8], head: &Head) -> Option<String> {
    let value = |name| head.raw(bytes, name).map(words::text);
    let identifier = || value(Name::ListId).and_then(|text| name(bracketed(&text).unwrap_or(&text)));
    let address = |header| value(header).and_then(|text| of_address(addresses(&text).next()?));
    identifier()
        .or_else(|| address(Name::ListPost))
        .or_else(|| address(Name::BeenThere))
        .or_else(|| address(Name::MailingList))
        .or_else(|| value(Name::MailingList).and_then(|text| name(&text)))
        .or_else(|| value(Name::Sender).and_then(|text| of_sender(&text)))
}

/// Returns the list name for the address of a list.
pub fn of_address(address: &str) -> Option<String> {
    let (local, host) = address.split_once('@')?;
    name(&format!("{local}.{}", host.to_lowercase()))
}

/// LISTSERV writes `"Title" <NAME@LIST.EXAMPLE.ORG>`, older lists write `wg-bounces@` and `owner-wg@`.
fn of_sender(text: &str) -> Option<String> {
    let address = addresses(text).next()?;
    let (local, host) = address.split_once('@')?;
    let host = host.to_ascii_lowercase();
    let label = host.split('.').next().unwrap_or_default();
    let title = text.trim_start_matches(['"', '\'', ' ']);
    let is_named = title.get(..local.len()).is_some_and(|start| start.eq_ignore_ascii_case(local));
    if ["list", "listserv", "lists"].contains(&label) && !local.bytes().any(|byte| byte.is_ascii_lowercase())
        || is_named && text.contains('<') && local.contains('_')
    {
        return name(local);
    }
    let ends = ["-bounces", "-admin", "-owner", "-request"];
    let list = local.strip_prefix("owner-").or_else(|| ends.iter().find_map(|end| local.strip_suffix(end)))?;
    of_address(&format!("{list}@{host}"))
}

fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let of_address = |letter: char| !(letter.is_alphanumeric() || "!#$%&'*+-=^_`{|}~.@".contains(letter));
    text.split(of_address).map(|word| word.trim_matches(['.', '\''])).filter(|word| {
        word.split_once('@').is_some_and(|(local, host)| !local.is_empty() && !host.is_empty() && !host.contains('@'))
    })
}

fn bracketed(text: &str) -> Option<&str> {
    let start = text.rfind('<')? + 1;
    Some(&text[start..start + text[start..].find('>')?])
}

fn name(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text.len() <= 255).then(|| words::masked(text).into_owned())
}

/// Returns the list that a file is named after: `3GPP_TSG_SA_WG2.LOG1305E`, `wg.mbox`, `pipermail/wg/2001-November.txt`.
pub fn of_origin(origin: &str) -> Option<String> {
    let mut parts = origin.trim_end_matches('/').rsplit(['/', '\\']);
    let file = parts.next()?;
    let stem = file.split_once('.').map_or(file, |(stem, end)| if is_end(end) { stem } else { file });
    if !is_unnamed(stem) {
        return Some(stem.into());
    }
    let (folder, above) = (parts.next()?, parts.next()?);
    let is_archive = ["pipermail", "mailman-archive", "hyperkitty", "list"].contains(&above);
    (is_archive && !is_unnamed(folder)).then(|| folder.into())
}

/// Whether what follows the name of a file is the mark of a mail archive: `mbox`, `LOG1305E`, `mbox.txt`.
fn is_end(end: &str) -> bool {
    end.split('.').all(|end| {
        let end = end.to_ascii_lowercase();
        ["mbox", "mbx", "mail", "txt", "archive", "dbnames"].contains(&end.as_str()) || log_month(&end).is_some()
    })
}

/// Names that say when or how, not which list.
fn is_unnamed(stem: &str) -> bool {
    let lower = stem.to_ascii_lowercase();
    let is_date = lower.split(['-', '_', '.', ' ']).all(|part| {
        part.bytes().all(|byte| byte.is_ascii_digit())
            || super::date::read(&format!("1 {part} 2001")).is_some()
            || matches!(part.as_bytes(), [b'q' | b'w', b'0'..=b'9'])
    });
    lower.is_empty()
        || is_date
        || ["mbox", "inbox", "mail", "archive", "archives", "messages", "all"].contains(&&*lower)
}

/// Returns year and month of a LISTSERV log: `LOG1305E` is a week of May 2013, `LOG9812` December 1998.
pub fn log_month(end: &str) -> Option<(i16, i8)> {
    let digits = end.get(..3).filter(|start| start.eq_ignore_ascii_case("log")).map(|_| &end[3..])?;
    let (figures, week) = digits.split_at_checked(4)?;
    let is_log = figures.bytes().all(|byte| byte.is_ascii_digit())
        && (week.is_empty() || matches!(week.as_bytes(), [b'A'..=b'E' | b'a'..=b'e']));
    let year: i16 = figures.get(..2).filter(|_| is_log)?.parse().ok()?;
    let month: i8 = figures[2..].parse().ok().filter(|month| (1..=12).contains(month))?;
    // LISTSERV is of 1986.
    Some((if year < 86 { 2000 + year } else { 1900 + year }, month))
}

/// Returns the tag in brackets that four of five subjects carry first, if there are five or more.
pub fn tag_of<'a>(subjects: impl Iterator<Item = &'a str> + Clone) -> Option<String> {
    let n_subjects = subjects.clone().count();
    let tag = |subject: &'a str| {
        let start = subject.find('[')? + 1;
        let tag = &subject[start..start + subject[start..].find(']')?];
        (!tag.is_empty() && tag.len() <= 60).then_some(tag)
    };
    let mut tags = std::collections::BTreeMap::<&str, usize>::new();
    for tag in subjects.filter_map(tag) {
        *tags.entry(tag).or_default() += 1;
    }
    let (tag, count) = tags.into_iter().max_by_key(|(_, count)| *count)?;
    (n_subjects >= 5 && count * 5 >= n_subjects * 4).then(|| tag.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headers: &str) -> Option<String> {
        let bytes = headers.as_bytes();
        of_head(bytes, &Head::scan(bytes, 0, |_| false))
    }

    #[test]
    fn a_list_has_one_name_whichever_header_survives() {
        for header in [
            "List-Id: \"Working Group on clocks\" <wg.example.org>",
            "List-Id: wg.example.org",
            "List-Post: <mailto:wg@EXAMPLE.org>",
            "X-BeenThere: wg@example.org",
            "Mailing-List: list wg@example.org; contact wg-owner@example.org",
            "X-Mailing-List: wg@example.org",
            "Sender: wg-bounces@example.org",
            "Sender: owner-wg@example.org",
        ] {
            assert_eq!(of(header).as_deref(), Some("wg.example.org"), "{header}");
        }
    }

    #[test]
    fn listserv_lists_are_named_by_their_short_name() {
        let headers = "Sender: \"3gpp_tsg_wg9: A group\r\n   on clocks\" <3GPP_TSG_WG9@LIST.EXAMPLE.ORG>";
        assert_eq!(of(headers).as_deref(), Some("3GPP_TSG_WG9"));
        assert_eq!(of("sender: TSG_WG9 <TSG_WG9@mail.example.org>").as_deref(), Some("TSG_WG9"));
        assert_eq!(of_origin("mail/3GPP_TSG_WG9.LOG1305E").as_deref(), Some("3GPP_TSG_WG9"));
    }

    #[test]
    fn a_secretary_is_not_a_list() {
        assert_eq!(of("Sender: Jane Doe <jane@example.org>"), None);
        assert_eq!(of("Sender: jane@lists.example.org"), None);
    }

    #[test]
    fn files_named_after_a_month_name_no_list() {
        assert_eq!(of_origin("mail/2001-November.txt"), None);
        assert_eq!(of_origin("https://example.org/pipermail/wg/2001-November.txt").as_deref(), Some("wg"));
        assert_eq!(of_origin("mailman-archive/wg/2020-05.mail").as_deref(), Some("wg"));
        assert_eq!(of_origin("a/wg.mbox").as_deref(), Some("wg"));
        assert_eq!(of_origin("a/mbox"), None);
        assert_eq!(of_origin("a/wg.example.org").as_deref(), Some("wg.example.org"));
    }

    #[test]
    fn the_name_of_a_log_gives_its_month() {
        assert_eq!(log_month("LOG1703C"), Some((2017, 3)));
        assert_eq!(log_month("LOG9812"), Some((1998, 12)));
        for end in ["LOG1713C", "LOG17", "LOG1703F", "log", "LOGé703C", "LO\u{e9}1703C"] {
            assert_eq!(log_month(end), None, "{end}");
        }
    }

    #[test]
    fn a_tag_names_the_list_only_where_nearly_all_carry_it() {
        let of = |tagged: usize, other: usize| {
            let subjects = std::iter::repeat_n("Re: [Clocks] time", tagged).chain(std::iter::repeat_n("[x] y", other));
            tag_of(subjects)
        };
        assert_eq!(of(4, 1).as_deref(), Some("Clocks"));
        assert_eq!(of(3, 2), None);
        assert_eq!(of(4, 0), None);
    }
}
