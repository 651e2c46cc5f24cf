//! How much the streams of a portable document grow: each is inflated and counted, and nothing of it is kept, before the
//! document is read. Streams that are encrypted or packed in another way first are not seen here.

use std::io::Read;

use flate2::read::ZlibDecoder;

/// Most bytes of a stream, inflated.
const STREAM: u64 = 64 << 20;
/// Most bytes of all streams, inflated.
const TOTAL: u64 = 512 << 20;

/// Returns what is too large, where something is.
pub(super) fn excess(bytes: &[u8]) -> Option<String> {
    let mut total = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let data = bytes.get(at + 6..)?;
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let Some(data) = data.strip_prefix(b"\n") else { continue };
        if !is_packed(data) {
            continue;
        }
        let size = inflated(data);
        total += size;
        if size > STREAM {
            return Some(format!("expected streams of at most {STREAM} bytes, found a larger one"));
        }
        if total > TOTAL {
            return Some(format!("expected at most {TOTAL} bytes in all streams, found more"));
        }
    }
    None
}

/// True for bytes that begin as zlib's do. RFC 1950, 2.2.
fn is_packed(data: &[u8]) -> bool {
    matches!(data, [first, second, ..] if first & 0x0F == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0)
}

/// The size of a stream, that of one packed twice unpacked twice; counted up to the bound.
fn inflated(data: &[u8]) -> u64 {
    let mut head = [0; 2];
    let is_twice = ZlibDecoder::new(data).read_exact(&mut head).is_ok() && is_packed(&head);
    let once = counted(ZlibDecoder::new(data));
    if is_twice { once.max(counted(ZlibDecoder::new(ZlibDecoder::new(data)))) } else { once }
}

fn counted(mut packed: impl Read) -> u64 {
    let (mut size, mut room) = (0, [0; 1 << 14]);
    while let Ok(n @ 1..) = packed.read(&mut room) {
        size += n as u64;
        if size > STREAM {
            break;
        }
    }
    size
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn stream(data: &[u8]) -> Vec<u8> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(data).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn what_would_grow_is_refused_before_it_is_read() {
        let file =
            |data: &[u8]| [b"%PDF-1.4\n1 0 obj<<>>stream\r\n".as_slice(), data, b"\nendstream".as_slice()].concat();
        let large = stream(&vec![b' '; (64 << 20) + 1]);
        assert!(excess(&file(&large)).is_some());
        assert!(excess(&file(&stream(&large))).is_some());
        assert_eq!(excess(&file(&stream(b"BT (words) Tj ET"))), None);
        assert_eq!(excess(&file(b"x\x9ccut")), None);
        let document = super::super::read(&file(&large));
        assert_eq!(document.problems[0].kind, "too-large");
    }
}
