//! HTTP on loopback in front of a DynamoDB: passes requests on, refuses them as DynamoDB does,
//! loses them or their answers, or ends the function, as a script says.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use super::fates::{Fate, Fates, Refusal};

pub struct Proxy {
    pub endpoint: String,
    address: SocketAddr,
    ended: Arc<AtomicBool>,
}

impl Proxy {
    /// Listens on a free port for requests to the database at `endpoint` (`http://host:port`).
    pub fn before(endpoint: &str, fates: &Arc<Fates>) -> Self {
        let database = endpoint.strip_prefix("http://").unwrap().to_owned();
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (ended, fates) = (Arc::new(AtomicBool::new(false)), Arc::clone(fates));
        let end = Arc::clone(&ended);
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if end.load(Ordering::SeqCst) {
                    break;
                }
                let (database, fates) = (database.clone(), Arc::clone(&fates));
                // A connection that breaks is what this is for.
                std::thread::spawn(move || drop(serve(&client, &database, &fates)));
            }
        });
        Self { endpoint: format!("http://{address}"), address, ended }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes the listener, which then sees that it is over.
        drop(TcpStream::connect(self.address));
    }
}

/// Answers the requests of one connection until it ends or a fate ends it.
fn serve(client: &TcpStream, database: &str, fates: &Fates) -> io::Result<()> {
    client.set_nodelay(true)?;
    let mut from_client = BufReader::new(client);
    let mut upstream: Option<BufReader<TcpStream>> = None;
    while let Some(request) = Message::read(&mut from_client)? {
        let operation = request.operation();
        let fate = fates.decide(&operation);
        let happens = matches!(fate, Fate::Pass | Fate::LoseAnswer | Fate::CrashAfter);
        let answer = if happens {
            let mut connection = match upstream.take() {
                Some(connection) => connection,
                None => {
                    let connection = TcpStream::connect(database)?;
                    connection.set_nodelay(true)?;
                    BufReader::new(connection)
                }
            };
            connection.get_ref().write_all(&request.0)?;
            let answer = Message::read(&mut connection)?;
            upstream = Some(connection);
            answer
        } else {
            None
        };
        match (fate, answer) {
            (Fate::Pass, Some(answer)) => (&mut &*client).write_all(&answer.0)?,
            (Fate::Refuse(refusal), _) => {
                (&mut &*client).write_all(&refuse(refusal, &operation, request.body()))?;
            }
            (Fate::Hang, _) => return wait_until_gone(&mut from_client),
            (Fate::CrashBefore | Fate::CrashAfter, _) => {
                fates.crash();
                return wait_until_gone(&mut from_client);
            }
            _ => break,
        }
    }
    client.shutdown(Shutdown::Both)
}

fn wait_until_gone(client: &mut impl Read) -> io::Result<()> {
    io::copy(client, &mut io::sink()).map(drop)
}

/// The bytes of one request or answer: its head, and a body whose length the head tells.
struct Message(Vec<u8>);

impl Message {
    /// `None` when the connection ends before it.
    fn read(from: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        let mut length = 0;
        loop {
            let start = bytes.len();
            if from.read_until(b'\n', &mut bytes)? == 0 {
                return Ok(None);
            }
            let line = String::from_utf8_lossy(&bytes[start..]).to_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
            if line == "\r\n" {
                break;
            }
        }
        let start = bytes.len();
        bytes.resize(start + length, 0);
        from.read_exact(&mut bytes[start..])?;
        Ok(Some(Self(bytes)))
    }

    /// `PutItem` and the like, from the header `x-amz-target: DynamoDB_20120810.PutItem`.
    fn operation(&self) -> String {
        let head = String::from_utf8_lossy(&self.0);
        let target = head.lines().find(|line| line.to_lowercase().starts_with("x-amz-target:"));
        target.and_then(|line| line.rsplit('.').next()).unwrap_or("?").trim().to_owned()
    }

    fn body(&self) -> &[u8] {
        let end = self.0.windows(4).position(|four| four == b"\r\n\r\n");
        end.and_then(|end| self.0.get(end + 4..)).unwrap_or_default()
    }
}

/// The answer with which DynamoDB refuses. A transaction is told per item why; anything else in the
/// name of the exception.
fn refuse(refusal: Refusal, operation: &str, body: &[u8]) -> Vec<u8> {
    let transaction = operation == "TransactWriteItems";
    let (status, name) = match (refusal, transaction) {
        (Refusal::Conflict, true) => ("400 Bad Request", "TransactionCanceledException"),
        (Refusal::Conflict, false) => ("400 Bad Request", "TransactionConflictException"),
        (Refusal::Throttled, _) => ("400 Bad Request", "ThrottlingException"),
        (Refusal::Exceeded, _) => ("400 Bad Request", "ProvisionedThroughputExceededException"),
        (Refusal::Internal, _) => ("500 Internal Server Error", "InternalServerError"),
    };
    let mut error = json!({
        "__type": format!("com.amazonaws.dynamodb.v20120810#{name}"),
        "message": "told to refuse",
    });
    if refusal == Refusal::Conflict && transaction {
        let request: Value = serde_json::from_slice(body).unwrap_or_default();
        let items = request["TransactItems"].as_array().map_or(0, Vec::len);
        let reason = |at: usize| match at + 1 == items {
            true => json!({"Code": "TransactionConflict", "Message": "Transaction is ongoing"}),
            false => json!({"Code": "None"}),
        };
        error["CancellationReasons"] = (0..items).map(reason).collect();
    }
    let error = error.to_string();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: {}\r\n\r\n{error}",
        error.len()
    )
    .into_bytes()
}
