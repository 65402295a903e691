//! A function that does nothing, built as `submit` is: what a start costs before a line of ours runs.
//! The benchmarks measure the others beside it.

use lambda_http::{Body, Error, Request, Response, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    lambda_http::run(service_fn(|_: Request| async { Ok::<_, Error>(Response::new(Body::Empty)) }))
        .await
}
