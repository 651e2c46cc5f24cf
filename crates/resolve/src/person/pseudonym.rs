//! Pseudonyms: a name for a person that tells nothing to those who do not hold the salt.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// Bytes of a block of SHA-256.
const BLOCK: usize = 64;
/// Bytes that are shown: among a million persons two share a pseudonym with a probability of about 3 in 100 million.
const SHOWN: usize = 8;

/// Returns the pseudonym of a person: `p-` and 16 hexadecimal digits, the same as long as `person` and `salt` are.
///
/// Without the salt nobody can tell the person, nor try names until one fits; so it is a secret of the workspace, random and
/// at least 16 bytes long.
///
/// # Source
/// HMAC, RFC 2104, with SHA-256; cut to 64 bits.
///
/// ```
/// let ada = resolve::person::pseudonym("Ada Quell", b"a secret of this workspace");
/// assert_eq!(ada.len(), 18);
/// assert_ne!(ada, resolve::person::pseudonym("Ada Quell", b"another secret"));
/// ```
#[must_use]
pub fn pseudonym(person: &str, salt: &[u8]) -> String {
    let mut text = String::from("p-");
    for byte in hmac(salt, person.as_bytes()).iter().take(SHOWN) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn hmac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mut block = [0; BLOCK];
    if key.len() > BLOCK {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let inner = Sha256::new().chain_update(block.map(|byte| byte ^ 0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(block.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_hmac_sha_256() {
        // RFC 4231, test cases 2 and 6.
        let short = hmac(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(short[..4], [0x5b, 0xdc, 0xc1, 0x46]);
        let long = hmac(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First");
        assert_eq!(long[..4], [0x60, 0xe4, 0x31, 0x59]);
        assert_eq!(pseudonym("what do ya want for nothing?", b"Jefe"), "p-5bdcc146bf60754e");
    }
}
