//! Checks bytes against the digest that a registry states for them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha512};

/// Returns the digests of the kind `sha512` in a statement such as `sha1-... sha512-...` (W3C Subresource Integrity).
pub(crate) fn stated(integrity: &str) -> Vec<Vec<u8>> {
    let words = integrity.split_whitespace().filter_map(|word| word.strip_prefix("sha512-"));
    let digests = words.filter_map(|word| STANDARD.decode(word.split('?').next()?).ok());
    digests.filter(|digest| digest.len() == 64).collect()
}

/// True when the bytes have one of the stated digests. A statement without a digest that is known here fits nothing.
pub(crate) fn fits(bytes: &[u8], integrity: &str) -> bool {
    let found = Sha512::digest(bytes);
    stated(integrity).iter().any(|digest| digest.as_slice() == found.as_slice())
}

/// Returns the digest of bytes as a registry states it.
pub(crate) fn state(bytes: &[u8]) -> String {
    format!("sha512-{}", STANDARD.encode(Sha512::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_abc_is_the_published_one() {
        // FIPS 180-4, SHA-512 of `abc`, in base64.
        let said = "sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==";
        assert_eq!(state(b"abc"), said);
        assert!(fits(b"abc", &format!("sha1-qZk+NkcGgWq6PiVxeFDCbJzQ2J0= {said}")));
        assert!(!fits(b"abd", said));
        assert!(!fits(b"abc", "sha1-qZk+NkcGgWq6PiVxeFDCbJzQ2J0="));
        assert!(stated("sha512-short sha512-!").is_empty());
    }
}
