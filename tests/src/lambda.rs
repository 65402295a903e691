//! A stand-in for the runtime interface of Lambda: hands out events, takes answers.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>

use std::collections::VecDeque;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::mpsc;

use crate::program;

/// A Lambda binary, started as the cloud starts it.
pub struct Function {
    events: mpsc::UnboundedSender<Value>,
    answers: mpsc::UnboundedReceiver<Value>,
    started: Instant,
    child: Child,
}

struct Runtime {
    events: tokio::sync::Mutex<mpsc::UnboundedReceiver<Value>>,
    answers: mpsc::UnboundedSender<Value>,
    /// Ids of what was handed out and not yet answered.
    open: Mutex<VecDeque<String>>,
}

const PATIENCE: Duration = Duration::from_secs(30);

impl Function {
    /// Starts `name` with these environment variables and nothing else of ours.
    pub async fn start(name: &str, environment: &[(&str, &str)]) -> Self {
        let (events, waiting) = mpsc::unbounded_channel();
        let (answered, answers) = mpsc::unbounded_channel();
        let runtime = Arc::new(Runtime {
            events: tokio::sync::Mutex::new(waiting),
            answers: answered,
            open: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        let app = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(response))
            .with_state(runtime);
        tokio::spawn(async move { axum::serve(listener, app).await });
        let started = Instant::now();
        let child = Command::new(program(name))
            .env_clear()
            .env("AWS_LAMBDA_RUNTIME_API", address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", name)
            .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", "test")
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "test")
            .env("AWS_REGION", "eu-central-1")
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the binary starts");
        Self { events, answers, started, child }
    }

    /// Sends one event and waits for its answer.
    pub async fn invoke(&mut self, event: Value) -> Value {
        self.events.send(event).expect("the runtime runs");
        match tokio::time::timeout(PATIENCE, self.answers.recv()).await {
            Ok(Some(answer)) => answer,
            _ => panic!("no answer from the function: {}", self.said().await),
        }
    }

    /// Since its process was started.
    pub fn age(&self) -> Duration {
        self.started.elapsed()
    }

    /// Ends the function and returns all that it printed.
    pub async fn said(&mut self) -> String {
        // It may have ended by itself.
        let _ = self.child.start_kill();
        let mut said = String::new();
        if let (Some(mut out), Some(mut err)) = (self.child.stdout.take(), self.child.stderr.take())
        {
            use tokio::io::AsyncReadExt as _;
            out.read_to_string(&mut said).await.expect("UTF-8");
            err.read_to_string(&mut said).await.expect("UTF-8");
        }
        said
    }
}

async fn next(State(runtime): State<Arc<Runtime>>) -> impl IntoResponse {
    let mut events = runtime.events.lock().await;
    let Some(event) = events.recv().await else {
        // The test is over: let the function wait for its end.
        return std::future::pending().await;
    };
    let id = format!("00000000-0000-4000-8000-{:012}", runtime.open.lock().map_or(0, |o| o.len()));
    if let Ok(mut open) = runtime.open.lock() {
        open.push_back(id.clone());
    }
    let mut headers = HeaderMap::new();
    let mut set = |name: &'static str, value: &str| {
        headers.insert(name, value.parse().expect("a plain header"));
    };
    set("lambda-runtime-aws-request-id", &id);
    set("lambda-runtime-deadline-ms", "4102444800000");
    set(
        "lambda-runtime-invoked-function-arn",
        "arn:aws:lambda:eu-central-1:000000000000:function:test",
    );
    set("lambda-runtime-trace-id", "Root=1-00000000-000000000000000000000000");
    set("content-type", "application/json");
    (headers, event.to_string())
}

async fn response(
    State(runtime): State<Arc<Runtime>>,
    Path(_id): Path<String>,
    body: String,
) -> StatusCode {
    let answer = serde_json::from_str(&body).unwrap_or(Value::String(body));
    // A test that has what it wants no longer listens.
    let _ = runtime.answers.send(answer);
    StatusCode::ACCEPTED
}
