//! Links in a page, and where they lead.

use html5gum::{Token, Tokenizer};
use url::Url;

use crate::Failure;

/// Returns the addresses of the links and frames of a page, in their order, each made whole by the page's own address.
/// What is no address of the web is left out.
pub(crate) fn links(page: &Url, html: &[u8]) -> Vec<Url> {
    let mut found = Vec::new();
    for Ok(token) in Tokenizer::new(html) {
        let Token::StartTag(tag) = token else { continue };
        let name: &[u8] = match &tag.name[..] {
            b"a" | b"area" => b"href",
            b"frame" | b"iframe" => b"src",
            _ => continue,
        };
        let value = tag.attributes.iter().find(|(key, _)| &key[..] == name).map(|(_, value)| value);
        let Some(value) = value else { continue };
        let text = String::from_utf8_lossy(value);
        found.extend(page.join(text.trim()).ok().filter(is_of_the_web).map(without_fragment));
    }
    found
}

/// Reads an address as a person or a server wrote it.
pub(crate) fn address(text: &str) -> Result<Url, Failure> {
    let refuse = |what: String, hint| Err(Failure::ask("address-unreadable", text, what, hint));
    match Url::parse(text) {
        Err(error) => {
            refuse(format!("expected an address, found `{error}`"), "write it as in a browser's address line")
        }
        Ok(url) if !is_of_the_web(&url) => {
            let what = format!("expected `https` or `http`, found `{}`", url.scheme());
            refuse(what, "fetch it by other means and add the file")
        }
        // The address is kept as the origin, and a password must not be kept.
        Ok(url) if !url.username().is_empty() || url.password().is_some() => {
            let what = "expected an address without a name or password, found one with both or either";
            let (place, hint) = (url.host_str().unwrap_or_default(), "fetch it by other means and add the file");
            Err(Failure::ask("address-unreadable", place, what, hint))
        }
        Ok(url) => Ok(without_fragment(url)),
    }
}

fn is_of_the_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_made_whole_and_kept_in_order() {
        let page = address("https://a.example/x/y.html").expect("an address");
        let html = b"<a href='z.html#part'>z</a><!-- <a href=no> --><A HREF=\"/w?a=1&amp;b=2\">w</A><a name=x>\
                     <a href='mailto:x@y'><a href=javascript:void(0)><frame src='//b.example/f'><a href='http://['><a href=\xff>";
        let found: Vec<String> = links(&page, html).iter().map(ToString::to_string).collect();
        let expected = [
            "https://a.example/x/z.html",
            "https://a.example/w?a=1&b=2",
            "https://b.example/f",
            "https://a.example/x/%EF%BF%BD",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_password_in_an_address_is_refused() {
        for text in ["https://me:secret@a.example/", "https://me@a.example/", "ftp://a.example/", "a.example", ""] {
            assert_eq!(address(text).map_err(|failure| failure.kind), Err("address-unreadable"), "{text}");
        }
        assert_eq!(address("https://A.example#x").map(String::from), Ok("https://a.example/".into()));
    }
}
