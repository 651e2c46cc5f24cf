//! Archives: what they hold is handed on, and what they would do to us is not done.
#![allow(missing_docs, reason = "tests say what they mean in their names")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::io::{Cursor, Write};

use fetch::{Bounds, Entry, Failure, Unpacked, unpack};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use tar::{EntryType, Header};
use zip::write::SimpleFileOptions;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A tar archive; names are written as they are, also those that the library would refuse.
fn tarred(entries: &[(EntryType, &str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (kind, path, bytes) in entries {
        let mut header = Header::new_gnu();
        header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_entry_type(*kind);
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        if !kind.is_file() {
            header.set_link_name("/etc/passwd").unwrap();
        }
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in entries {
        writer.start_file(*path, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn opened(name: &str, bytes: &[u8], bounds: &Bounds) -> Result<(Unpacked, Vec<Entry>), Failure> {
    let mut entries = Vec::new();
    let unpacked = unpack(name, bytes, bounds, |entry| {
        entries.push(entry);
        Ok(())
    })?;
    Ok((unpacked, entries))
}

fn paths(bytes: &[u8]) -> Vec<String> {
    let (unpacked, entries) = opened("a", bytes, &Bounds::default()).unwrap();
    assert_eq!(unpacked.n_files, entries.len() as u64);
    entries.into_iter().map(|entry| entry.path).collect()
}

fn kind(bytes: &[u8], bounds: &Bounds) -> &'static str {
    opened("a", bytes, bounds).unwrap_err().kind
}

const FILE: EntryType = EntryType::Regular;

#[test]
fn the_files_of_an_archive_come_out_in_their_order() {
    let folder: (EntryType, &str, &[u8]) = (EntryType::Directory, "package/", b"");
    let tar = tarred(&[folder, (FILE, "package/b.json", b"{}"), (FILE, "./package//a.md", b"# A")]);
    for bytes in [&tar, &gzip(&tar)] {
        let (_, entries) = opened("a.tgz", bytes, &Bounds::default()).unwrap();
        let expected = [("package/b.json", b"{}".to_vec()), ("package/a.md", b"# A".to_vec())];
        assert_eq!(entries, expected.map(|(path, bytes)| Entry { path: path.into(), bytes }));
    }
    assert_eq!(paths(&zipped(&[("x/b.json", b"{}"), ("x/y/", b""), ("a.md", b"# A")])), ["x/b.json", "a.md"]);
}

#[test]
fn a_compressed_file_that_is_no_archive_is_one_entry() {
    let (_, entries) = opened("https://a.example/2031-03.txt.gz", &gzip(b"mail"), &Bounds::default()).unwrap();
    assert_eq!(entries, [Entry { path: "2031-03.txt".into(), bytes: b"mail".to_vec() }]);
    assert_eq!(paths(&gzip(b"")), ["content"]);
}

#[test]
fn paths_that_lead_out_and_links_are_refused_and_the_rest_is_read() {
    let bytes = tarred(&[
        (FILE, "../out", b"x"),
        (FILE, "/etc/passwd", b"x"),
        (FILE, "a/../../out", b"x"),
        (FILE, "C:\\out", b"x"),
        (FILE, "a\\..\\out", b"x"),
        (EntryType::Symlink, "soft", b""),
        (EntryType::Link, "hard", b""),
        (EntryType::Fifo, "pipe", b""),
        (FILE, "fine", b"x"),
    ]);
    let (unpacked, entries) = opened("a.tar", &bytes, &Bounds::default()).unwrap();
    assert_eq!(entries.len(), 1);
    let kinds: Vec<&str> = unpacked.failures.iter().map(|failure| failure.kind).collect();
    assert_eq!(kinds, [["path-refused"; 5].as_slice(), &["link-refused"; 3]].concat());
    assert_eq!(unpacked.failures[0].fault.place, "a.tar, entry `../out`");

    let bytes = zipped(&[("../out", b"x"), ("/rooted", b"x"), ("fine", b"x")]);
    let (unpacked, entries) = opened("a.zip", &bytes, &Bounds::default()).unwrap();
    assert_eq!((unpacked.failures.len(), entries.len()), (2, 1));
}

#[test]
fn a_symbolic_link_in_a_zip_is_refused() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("soft", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    let (unpacked, entries) = opened("a.zip", &bytes, &Bounds::default()).unwrap();
    assert_eq!((unpacked.failures[0].kind, entries.len()), ("link-refused", 0));
}

#[test]
fn bombs_are_not_opened() {
    let zeros = vec![0; 4 << 20];
    let (tar, zip) = (gzip(&tarred(&[(FILE, "zeros", &zeros)])), zipped(&[("zeros", &zeros)]));
    for bytes in [&tar, &zip, &gzip(&zeros)] {
        assert!(bytes.len() < 1 << 14, "{}", bytes.len());
        let ratio = Bounds { ratio: 10, ..Bounds::default() };
        assert_eq!(kind(bytes, &ratio), "archive-too-large");
        assert_eq!(kind(bytes, &Bounds { n_bytes: 1 << 20, ..Bounds::default() }), "archive-too-large");
        assert_eq!(kind(bytes, &Bounds { n_bytes_in_all: 1 << 20, ..Bounds::default() }), "archive-too-large");
    }
    // Many small ones count together.
    let half = vec![0; 1 << 19];
    let many = zipped(&[("a", &half), ("b", &half), ("c", &half)]);
    assert_eq!(kind(&many, &Bounds { n_bytes_in_all: 1 << 20, ..Bounds::default() }), "archive-too-large");
}

#[test]
fn entries_without_number_are_not_counted_forever() {
    let entries: Vec<(EntryType, &str, &[u8])> = vec![(EntryType::Directory, "d/", b""); 100];
    let bounds = Bounds { n_entries: 99, ..Bounds::default() };
    assert_eq!(kind(&tarred(&entries), &bounds), "archive-too-large");
}

#[test]
fn a_long_name_without_end_is_bounded() {
    let name = vec![b'x'; 3 << 20];
    let bytes = gzip(&tarred(&[(EntryType::GNULongName, "././@LongLink", &name), (FILE, "fine", b"x")]));
    let bounds = Bounds { n_bytes_in_all: 1 << 20, ..Bounds::default() };
    assert_eq!(kind(&bytes, &bounds), "archive-broken");
}

#[test]
fn a_cut_or_changed_archive_is_broken() {
    let text: Vec<u8> = (0..40_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let whole = gzip(&tarred(&[(FILE, "a", &text), (FILE, "b", &text)]));
    for at in [20, whole.len() / 2, whole.len() - 1] {
        assert_eq!(kind(&whole[..at], &Bounds::default()), "archive-broken", "cut at {at}");
    }
    // A changed byte of the checksum at the end.
    let mut changed = whole.clone();
    let at = changed.len() - 6;
    changed[at] ^= 1;
    assert_eq!(kind(&changed, &Bounds::default()), "archive-broken");
    let zip = zipped(&[("a", &text)]);
    assert_eq!(kind(&zip[..zip.len() / 2], &Bounds::default()), "archive-broken");
    assert_eq!(kind(b"%PDF-1.7", &Bounds::default()), "archive-unknown");
    assert_eq!(kind(b"", &Bounds::default()), "archive-unknown");
}

proptest! {
    /// Whatever follows the mark of an archive, opening it ends, within bounds, and no path leads out.
    #[test]
    fn no_bytes_break_the_opening(mark in 0_usize..3, noise in proptest::collection::vec(any::<u8>(), 0..600), at in 0_usize..400, byte: u8) {
        let mut tar = tarred(&[(FILE, "a/b", b"some text"), (FILE, "c", b"more")]);
        tar[at] = byte;
        let marked = [b"PK\x03\x04".as_slice(), b"\x1f\x8b\x08\x00", b""][mark];
        for bytes in [[marked, &noise].concat(), tar.clone(), gzip(&tar)] {
            if let Ok((_, entries)) = opened("a", &bytes, &Bounds { n_bytes_in_all: 1 << 16, ..Bounds::default() }) {
                for entry in entries {
                    prop_assert!(!entry.path.starts_with('/') && !entry.path.split('/').any(|part| part == ".."));
                }
            }
        }
    }
}
