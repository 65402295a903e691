//! What a host sends along with each file of the site. The generator writes it down for the host,
//! the preview sends it, and a test compares the cloud template with it.

/// What a page may load and do: nothing from anywhere else, and no scripts.
pub const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The page that searches runs one script of its own, which asks the index in a worker.
pub const SEARCH_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
    script-src 'self'; connect-src 'self'; worker-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The worker compiles the index's decoder. It has no page to do harm to, and runs nothing that is
/// not ours.
pub const WORKER_POLICY: &str =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/// With every file, whatever it is.
pub const EVERYWHERE: [(&str, &str); 5] = [
    // Two years, as the preload lists of browsers ask.
    ("strict-transport-security", "max-age=63072000; includeSubDomains; preload"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// Below which every name holds a digest of what is in the file.
pub const ASSETS: &str = "/assets/";

/// May be kept for a year: another content has another name.
pub const CACHE_FOR_EVER: &str = "public, max-age=31536000, immutable";
/// May be kept, but is asked after each time.
pub const CACHE_AND_ASK: &str = "no-cache";

/// How long a file may be kept.
pub fn cache(path: &str) -> &'static str {
    if path.starts_with(ASSETS) { CACHE_FOR_EVER } else { CACHE_AND_ASK }
}
