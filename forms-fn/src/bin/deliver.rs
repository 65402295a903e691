//! Lambda behind the table's stream and a schedule: brings the mails that are owed.

use forms_fn::config::Environment;
use forms_fn::{cloud, stream};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = Environment::read()?;
    let service = cloud::service(&environment).await?;
    let handle = |event: LambdaEvent<Value>| async {
        let event = event;
        stream::handle(&service, &event.payload).await.map_err(|error| Error::from(error.cause()))
    };
    lambda_runtime::run(service_fn(handle)).await
}
