//! Headings that are usual for a field, by list, as they are compared. Only a proposal is made of them.

use super::List;

/// List, field, what the field is in words, and the usual headings.
pub type Line = (List, &'static str, &'static str, &'static [&'static str]);

use List::{Attendance, Ballot, Contributions, Liaisons};

/// The table, most telling headings first.
#[rustfmt::skip]
pub const WORDS: &[Line] = &[
    (Contributions, "document", "the number of a document", &[
        "tdoc", "tdoc#", "td#", "tdoc number", "td", "document", "document number", "document no", "doc number", "doc no",
        "doc", "doc#", "contribution", "contribution number", "contribution no", "n number", "n#", "reference", "ref",
        "number", "no", "#", "document id", "uid", "文稿编号", "文稿号", "文件编号", "文书番号", "文書番号",
    ]),
    (Contributions, "title", "a title", &["title", "document title", "subject", "subject matter", "name of document", "description", "文稿题目", "题目", "标题", "文稿名称", "题名", "題名", "タイトル"]),
    (Contributions, "source", "who hands in", &[
        "source", "sources", "source s", "submitted by", "submitter", "submitting company", "submitting organisation", "contributor", "contributors", "company", "companies",
        "organisation", "organization", "member", "proposer", "from", "co signers", "co sources", "supporting companies",
        "来源", "来源单位", "提交单位", "提案单位", "提出元", "提出者",
    ]),
    (Contributions, "author", "persons who wrote", &["author", "authors", "author s", "editor", "editors"]),
    (Contributions, "contact", "a person to ask", &["contact", "contact person", "contact name", "presenter"]),
    (Contributions, "kind", "the type of a document", &["type", "document type", "doc type", "category", "kind"]),
    (Contributions, "purpose", "what a document is for", &["for", "purpose", "document for", "action", "action requested"]),
    (Contributions, "agenda_item", "an agenda item", &[
        "agenda item", "ai", "agenda", "item", "agenda no", "agenda point", "question", "questions", "ai question",
    ]),
    (Contributions, "work_item", "a work item", &["work item", "work items", "wi", "related wis", "work item code", "project"]),
    (Contributions, "status", "an outcome", &[
        "status", "tdoc status", "result", "decision", "outcome", "conclusion", "disposition", "document status",
    ]),
    (Contributions, "date", "a day of submission", &[
        "date", "uploaded", "submission date", "submitted", "date submitted", "upload date", "date received", "reservation date",
        "posted", "date posted",
    ]),
    (Contributions, "revision_of", "what a document revises", &["is revision of", "revision of", "revises", "supersedes"]),
    (Contributions, "revised_to", "what a document was revised to", &["revised to", "revised in", "replaced by", "superseded by"]),
    (Contributions, "merged_into", "what a document went into", &["merged into", "merged to", "merged in"]),
    (Contributions, "event", "a meeting", &["meeting", "event", "meeting name"]),
    (Contributions, "body", "a group", &["group", "working group", "wg", "committee", "body", "study group"]),

    (Liaisons, "from", "the sender", &["from", "sender", "from body", "from group", "originator", "source"]),
    (Liaisons, "to", "the receiver", &["to", "receiver", "recipient", "recipients", "to body", "to group", "destination"]),
    (Liaisons, "cc", "who gets a copy", &["cc", "copy", "copied"]),
    (Liaisons, "title", "a title", &["title", "subject", "ls title"]),
    (Liaisons, "document", "the number of a statement", &[
        "ls", "ls number", "ls no", "ls#", "ls reference", "document", "document number", "reference", "ref", "number", "tdoc", "no",
    ]),
    (Liaisons, "date", "a day", &["date", "sent", "date sent", "received", "date received", "submitted"]),
    (Liaisons, "answers", "what a statement answers", &["in reply to", "reply to", "response to", "answers"]),
    (Liaisons, "answered_by", "what answers a statement", &["reply", "reply in", "replied in", "answered by", "response"]),
    (Liaisons, "status", "a status", &["status", "state", "action", "purpose"]),

    (Attendance, "name", "the name of a person", &[
        "name", "full name", "participant", "participant name", "delegate", "delegate name", "attendee", "attendee name",
        "name of participant", "member name", "name original name", "nom", "姓名", "氏名",
    ]),
    (Attendance, "given", "a given name", &["first name", "given name", "given names", "firstname", "forename", "first", "prénom"]),
    (Attendance, "family", "a family name", &["last name", "family name", "surname", "lastname", "last", "nom de famille"]),
    (Attendance, "organisation", "an organisation", &[
        "organisation", "organization", "affiliation", "company", "entity", "employer", "represented entity", "institution",
        "organization name", "organisation name", "member", "company name", "representing", "delegation",
        "organisme", "entité", "单位", "工作单位", "所属", "会社名",
    ]),
    (Attendance, "country", "a country", &["country", "nationality", "country code", "iso 3166 code", "administration", "country name", "pays", "国家", "国名"]),
    (Attendance, "email", "an address, of which the domain is kept", &["e mail", "email", "email address", "e mail address", "mail", "user email", "邮箱", "电子邮件", "メールアドレス"]),
    (Attendance, "role", "a role", &["role", "function", "title", "position", "capacity", "job title", "voting role"]),
    (Attendance, "category", "a category", &[
        "category", "membership", "member category", "type of member", "membership type", "delegate type", "participant type", "member type",
    ]),
    (Attendance, "status", "what a person did", &["status", "attendance", "registration status", "attendance status", "participation status"]),
    (Attendance, "mode", "a way of taking part", &[
        "mode", "participation", "attendance type", "registration type", "participation type", "participation mode",
        "type of participation", "mode of participation", "remote in person", "in person remote", "onsite remote",
    ]),
    (Attendance, "registered", "a registration", &["registered", "registration date", "date of registration", "registered on"]),
    (Attendance, "checked_in", "a check-in", &["checked in", "check in", "badge collected", "checked in on", "check in time"]),
    (Attendance, "attended", "presence", &["attended", "present", "presence"]),
    (Attendance, "minutes", "a duration in minutes", &["total duration minutes", "duration minutes", "duration", "minutes"]),
    (Attendance, "session", "a session", &["session", "session name", "slot"]),
    (Attendance, "date", "a day", &["date", "day", "meeting date"]),
    (Attendance, "event", "a meeting", &["meeting", "event", "meeting name", "event name"]),
    (Attendance, "body", "a group", &["group", "working group", "wg", "committee", "body"]),

    (Ballot, "vote", "a vote", &["vote", "vote cast", "ballot response", "response"]),
    (Ballot, "organisation", "a member", &["member", "member body", "national body", "nb", "organisation", "organization", "company", "voter", "p member"]),
    (Ballot, "country", "a country", &["country"]),
    (Ballot, "name", "the name of a person", &["name", "voting member", "representative"]),
    (Ballot, "ballot", "a ballot", &["ballot", "ballot number", "ballot id", "document", "motion"]),
    (Ballot, "title", "a title", &["title", "subject", "ballot title"]),
    (Ballot, "role", "a class of members", &["class", "category", "membership", "status"]),
    (Ballot, "date", "a day", &["date", "date of vote", "vote date", "date cast"]),
];

/// Labels above a table, by the field that they name.
pub const LABELS: &[(&str, &[&str])] = &[
    ("event", &["meeting", "event", "meeting name", "meeting title"]),
    ("body", &["group", "working group", "committee", "study group", "wg", "body"]),
    ("date", &["date", "dates", "meeting date", "meeting dates"]),
];
