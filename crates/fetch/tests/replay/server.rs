//! A server that answers each path from a script: one reply after the other, the last one again and again.

use std::collections::{BTreeMap, VecDeque};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What is done with one request.
#[derive(Clone)]
pub enum Reply {
    /// These bytes are sent, and the connection is closed.
    Bytes(Vec<u8>),
    /// These bytes are sent, and then nothing more, until the other side gives up.
    Stall(Vec<u8>),
    /// The connection is torn down without an answer.
    Reset,
}

/// The server; it ends with the test's process.
pub struct Server {
    /// `http://127.0.0.1:12345`, without a slash at the end.
    pub base: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server with a script; `@` in a reply stands for the server's own address.
    pub fn start(script: &[(&str, &[Reply])]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let heads = Arc::new(Mutex::new(Vec::new()));
        let script: BTreeMap<String, VecDeque<Reply>> =
            script.iter().map(|(path, replies)| ((*path).into(), replies.iter().cloned().collect())).collect();
        let (script, said, own) = (Mutex::new(script), Arc::clone(&heads), base.clone());
        let serve = move || {
            for stream in listener.incoming().map_while(Result::ok) {
                answer(stream, &script, &said, &own);
            }
        };
        std::thread::spawn(serve);
        Self { base, heads }
    }

    /// Returns the heads of all requests so far, with header fields in small letters.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }

    /// Returns the paths of all requests so far.
    pub fn paths(&self) -> Vec<String> {
        self.heads().iter().map(|head| head.split(' ').nth(1).unwrap_or_default().into()).collect()
    }
}

fn answer(
    mut stream: TcpStream,
    script: &Mutex<BTreeMap<String, VecDeque<Reply>>>,
    said: &Mutex<Vec<String>>,
    own: &str,
) {
    let mut head = Vec::new();
    let mut byte = [0];
    // A byte at a time, and the last one only looked at: closing with something unread tears the connection down.
    while !head.ends_with(b"\r\n\r") && stream.read(&mut byte).is_ok_and(|n_read| n_read == 1) {
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_string();
    // Names of header fields are told in small letters; the first line stays as it is.
    let (first, rest) = head.split_once("\r\n").unwrap_or((&head, ""));
    said.lock().unwrap().push(format!("{first}\r\n{}", rest.to_lowercase()));
    let reply = {
        let mut script = script.lock().unwrap();
        let replies = script.get_mut(&path);
        replies.and_then(|replies| if replies.len() > 1 { replies.pop_front() } else { replies.front().cloned() })
    };
    let reply = reply.unwrap_or_else(|| status("404 Not Found"));
    if matches!(reply, Reply::Reset) {
        let _ = stream.peek(&mut byte);
        return;
    }
    let _ = stream.read(&mut byte);
    match reply {
        Reply::Bytes(bytes) => {
            let _ = stream.write_all(&placed(&bytes, own));
        }
        Reply::Stall(bytes) => {
            let _ = stream.write_all(&placed(&bytes, own));
            let _ = stream.read_to_end(&mut Vec::new());
        }
        Reply::Reset => {}
    }
}

/// Replaces `@` in the head and in text by the server's own address.
fn placed(bytes: &[u8], own: &str) -> Vec<u8> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains("@/") => {
            let text = text.replace("@/", &format!("{own}/"));
            let Some((head, body)) = text.split_once("\r\n\r\n") else { return text.into_bytes() };
            let lines = head.lines().filter(|line| !line.to_lowercase().starts_with("content-length"));
            let head: Vec<&str> = lines.collect();
            format!("{}\r\ncontent-length: {}\r\n\r\n{body}", head.join("\r\n"), body.len()).into_bytes()
        }
        _ => bytes.to_vec(),
    }
}

/// A reply of these header lines, each ending in a line's end, and this body, whose length is announced.
pub fn reply(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Reply {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n", body.len());
    Reply::Bytes([head.as_bytes(), body].concat())
}

/// A whole page of this type.
pub fn page(content_type: &str, body: impl AsRef<[u8]>) -> Reply {
    reply("200 OK", &format!("content-type: {content_type}\r\n"), body)
}

/// A reply without content.
pub fn status(status: &str) -> Reply {
    reply(status, "", "")
}

/// A redirect.
pub fn redirect(to: &str) -> Reply {
    reply("302 Found", &format!("location: {to}\r\n"), "")
}

/// A reply with exactly this head and body, whatever it announces.
pub fn raw(headers: &str, body: impl AsRef<[u8]>) -> Reply {
    let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/plain\r\n{headers}\r\n");
    Reply::Bytes([head.as_bytes(), body.as_ref()].concat())
}
