//! Opening a case: the resident's receipt, and the question for whoever answers it.

use crate::Service;
use crate::store::Result;
use crate::submission::{Case, Holder};
use crate::tokens;

/// The case that a resident's link opens. Reads only.
pub async fn receipt(service: &Service, token: &str) -> Result<Option<Case>> {
    open(service, Holder::Resident, tokens::digest(token)).await
}

/// The case that a written-down code opens. Reads only.
pub async fn by_code(service: &Service, typed: &str) -> Result<Option<Case>> {
    open(service, Holder::Resident, Some(tokens::code_digest(typed))).await
}

/// The case behind a link for staff, for its door: whoever shows it shows the reference and no
/// more, because a mail scanner may be reading. Reads only.
pub async fn door(service: &Service, token: &str) -> Result<Option<Case>> {
    open(service, Holder::Staff, tokens::digest(token)).await
}

/// Shows the question to staff. The view is written down first: no trail, no text.
pub async fn reveal(service: &Service, token: &str) -> Result<Option<Case>> {
    let Some(case) = door(service, token).await? else { return Ok(None) };
    service.store.audit(&case.id, "read by link", service.now()).await?;
    Ok(Some(case))
}

async fn open(service: &Service, holder: Holder, digest: Option<String>) -> Result<Option<Case>> {
    let Some(digest) = digest else { return Ok(None) };
    match service.store.token(holder, &digest, service.now()).await? {
        Some(found) => service.store.case(&found.case).await,
        None => Ok(None),
    }
}
