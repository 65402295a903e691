//! Lambda behind the HTTP API: takes what residents send.

use std::sync::Arc;

use forms_fn::config::Environment;
use forms_fn::{cloud, http};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    let environment = Environment::read()?;
    let service = Arc::new(cloud::service(&environment).await?);
    let app = http::app(service);
    lambda_http::run(match &environment.origin_secret {
        Some(secret) => http::behind_cdn(app, secret),
        None => app,
    })
    .await
}
