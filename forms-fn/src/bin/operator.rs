//! For whoever runs the service: what is kept of a mail address, and erasing it. See
//! `infra/README.md`.

use std::io::{self, Write as _};
use std::process::ExitCode;

use forms_fn::config::Environment;
use forms_fn::{cloud, operator};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // A closed stream is no reason for another message.
            let _ = writeln!(io::stderr(), "{why}");
            ExitCode::from(2)
        }
    }
}

async fn run() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().as_deref().and_then(operator::Command::parse);
    let (Some(command), None) = (command, arguments.next()) else {
        return Err(operator::USAGE.to_owned());
    };
    let service = cloud::service(&Environment::read()?).await?;
    let mut input = io::BufReader::new(io::stdin());
    operator::run(&service, command, &mut input, &mut io::stdout()).await
}
