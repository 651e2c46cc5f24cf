//! What a file is that no adapter recognises, in words that help: by its first bytes, and by its name where they say nothing.

use fact::Snapshot;

/// A kind of file and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// With its article, to stand in a sentence.
    pub name: &'static str,
    /// One thing to do.
    pub hint: &'static str,
}

const LEAVE_OUT: &str = "leave it out with `--ignore` if it holds no acts";
const SEE_DOCTOR: &str =
    "see `rapporteur doctor` for the kinds that are read; leave it out with `--ignore` if it holds no acts";
const CONVERT: &str = "not read yet: save it as text, Markdown or a spreadsheet if it holds a list or minutes";
const UNPACK: &str = "unpack it and add the folder";

/// First bytes that say what a file is.
const SIGNS: &[(&[u8], Kind)] = &[
    (b"\x89PNG", Kind { name: "a picture (PNG)", hint: LEAVE_OUT }),
    (b"\xFF\xD8\xFF", Kind { name: "a picture (JPEG)", hint: LEAVE_OUT }),
    (b"GIF8", Kind { name: "a picture (GIF)", hint: LEAVE_OUT }),
    (b"%PDF", Kind { name: "a PDF document", hint: CONVERT }),
    (b"\xD0\xCF\x11\xE0", Kind { name: "an Office document of the old binary kind", hint: CONVERT }),
    (b"\x1F\x8B", Kind { name: "a gzip archive", hint: UNPACK }),
    (b"7z\xBC\xAF", Kind { name: "a 7z archive", hint: UNPACK }),
];

/// Endings of names, where the first bytes are those of a zip archive or of any text.
const ENDINGS: &[(&str, Kind)] = &[
    (".docx", Kind { name: "a Word document", hint: CONVERT }),
    (".pptx", Kind { name: "a presentation", hint: CONVERT }),
    (
        ".xlsx",
        Kind {
            name: "a spreadsheet",
            hint: "name the file itself to see a mapping of its columns: `rapporteur add FILE.xlsx`",
        },
    ),
    (".zip", Kind { name: "a zip archive", hint: UNPACK }),
    (".svg", Kind { name: "a drawing (SVG)", hint: LEAVE_OUT }),
    (".json", Kind { name: "JSON of another shape", hint: SEE_DOCTOR }),
    (".yaml", Kind { name: "YAML of another shape", hint: SEE_DOCTOR }),
    (".toml", Kind { name: "TOML of another shape", hint: SEE_DOCTOR }),
    (
        ".csv",
        Kind {
            name: "a table whose columns are not known",
            hint: "name the file itself to see a mapping of its columns: `rapporteur add FILE`",
        },
    ),
    (
        ".tsv",
        Kind {
            name: "a table whose columns are not known",
            hint: "name the file itself to see a mapping of its columns: `rapporteur add FILE`",
        },
    ),
    (".html", Kind { name: "a web page of another kind", hint: SEE_DOCTOR }),
    (".htm", Kind { name: "a web page of another kind", hint: SEE_DOCTOR }),
    (".md", Kind { name: "a text (Markdown) of another kind", hint: SEE_DOCTOR }),
];

/// Returns what the file is, as far as it shows.
#[must_use]
pub fn of(snapshot: &Snapshot<'_>) -> Kind {
    if snapshot.bytes.is_empty() {
        return Kind { name: "an empty file", hint: LEAVE_OUT };
    }
    if let Some((_, kind)) = SIGNS.iter().find(|(sign, _)| snapshot.bytes.starts_with(sign)) {
        return *kind;
    }
    let name = snapshot.origin.to_ascii_lowercase();
    if let Some((_, kind)) = ENDINGS.iter().find(|(ending, _)| name.ends_with(ending)) {
        return *kind;
    }
    if snapshot.bytes.iter().take(8192).any(|&byte| byte == 0) {
        return Kind { name: "a binary file", hint: LEAVE_OUT };
    }
    Kind { name: "a text of another kind", hint: SEE_DOCTOR }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_say_more_than_names() {
        let of = |origin: &str, bytes: &[u8]| of(&Snapshot::new("", origin, bytes)).name;
        assert_eq!(of("minutes.md", b"\x89PNG\r\n"), "a picture (PNG)");
        assert_eq!(of("a.DOCX", b"PK\x03\x04"), "a Word document");
        assert_eq!(of("LICENSE", b"Permission is granted"), "a text of another kind");
        assert_eq!(of("x", b"a\0b"), "a binary file");
        assert_eq!(of("x.md", b""), "an empty file");
    }
}
