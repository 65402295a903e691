//! Chromium over WebDriver, with a page's JavaScript on or off.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};

/// How long a page may take on a busy machine before something must be wrong.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser of its own for one test.
pub struct Browser {
    pub client: Client,
    driver: Child,
}

impl Browser {
    /// As most people have it.
    pub async fn open() -> Self {
        Self::start(json!({})).await
    }

    /// As somebody has it who switched JavaScript off.
    pub async fn without_javascript() -> Self {
        Self::start(json!({ "profile.managed_default_content_settings.javascript": 2 })).await
    }

    async fn start(preferences: Value) -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed: tests/run says how");
        let port = port(&mut driver);
        let options = json!({
            "args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1000"],
            "prefs": preferences,
        });
        let capabilities = Map::from_iter([("goog:chromeOptions".to_owned(), options)]);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("chromium is installed: tests/run says how");
        Self { client, driver }
    }

    pub async fn go(&self, url: &str) {
        self.client.goto(url).await.expect("the page loads");
    }

    /// All that the page shows.
    pub async fn text(&self) -> String {
        self.text_of("main").await
    }

    pub async fn text_of(&self, css: &str) -> String {
        self.find(css).await.text().await.expect("an element has text")
    }

    pub async fn find(&self, css: &str) -> fantoccini::elements::Element {
        let wait = self.client.wait().at_most(PATIENCE);
        match wait.for_element(Locator::Css(css)).await {
            Ok(element) => element,
            Err(error) => panic!(
                "no {css} at {:?}: {error}\n{}",
                self.client.current_url().await.map(|url| url.path().to_owned()),
                self.client.source().await.unwrap_or_default()
            ),
        }
    }

    /// Waits until an element says this, on this page or on the one that takes its place.
    pub async fn find_with_text(&self, css: &str, text: &str) {
        let start = Instant::now();
        loop {
            let found = self.client.find(Locator::Css(css)).await;
            if let Ok(element) = found
                && element.text().await.is_ok_and(|words| words == text)
            {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "no {css} says {text:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until there is no such element any more.
    pub async fn gone(&self, css: &str) {
        let start = Instant::now();
        while self.has(css).await {
            assert!(start.elapsed() < PATIENCE, "{css} stays");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn has(&self, css: &str) -> bool {
        self.client.find(Locator::Css(css)).await.is_ok()
    }

    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.expect("a field can be emptied");
        field.send_keys(text).await.expect("a field can be typed in");
    }

    /// What stands in a field now.
    pub async fn value(&self, css: &str) -> String {
        self.find(css).await.prop("value").await.expect("a field").unwrap_or_default()
    }

    pub async fn click(&self, css: &str) {
        self.find(css).await.click().await.expect("it can be clicked");
    }

    /// Clicks on what leads to a page, and waits until that page is there: without JavaScript the
    /// driver does not.
    pub async fn follow(&self, css: &str) {
        let before = self.find("html").await;
        self.click(css).await;
        let start = Instant::now();
        while before.tag_name().await.is_ok() {
            assert!(start.elapsed() < PATIENCE, "{css} leads nowhere");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.find("footer").await;
    }

    /// Types into whatever has the focus, as somebody without a mouse does.
    pub async fn keys(&self, keys: &str) {
        let focused = self.client.active_element().await.expect("something has the focus");
        focused.send_keys(keys).await.expect("it takes keys");
    }

    /// Goes from one thing to the next with the tabulator until this one has the focus.
    pub async fn tab_to(&self, css: &str) {
        /// No page has more to stop at.
        const STOPS: usize = 120;
        for _ in 0..STOPS {
            if self.has(&format!("{css}:focus")).await {
                return;
            }
            self.keys("\u{e004}").await;
        }
        panic!("{css} cannot be reached with the keyboard on {}", self.path().await);
    }

    /// Presses what has the focus, and waits for the page that comes of it.
    pub async fn enter(&self) {
        let before = self.find("html").await;
        self.keys("\u{e007}").await;
        let started = Instant::now();
        while before.tag_name().await.is_ok() && started.elapsed() < PATIENCE {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn back(&self) {
        self.client.back().await.expect("a page to go back to");
    }

    /// Loads the page once more, with the post that made it.
    pub async fn again(&self) {
        self.client.refresh().await.expect("a page to load again");
    }

    pub async fn choose(&self, select: &str, value: &str) {
        self.find(select).await.select_by_value(value).await.expect("the choice is there");
    }

    pub async fn path(&self) -> String {
        self.client.current_url().await.expect("an address").path().to_owned()
    }

    /// The screen of a phone or a desk, in the colours that its owner prefers.
    pub async fn screen(&self, width: u32, scheme: &str) {
        self.tall_screen(width, 900, scheme).await;
    }

    async fn tall_screen(&self, width: u32, height: u64, scheme: &str) {
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        // Without motion, or the colours are still on their way when they are looked at.
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.devtools("Emulation.setEmulatedMedia", features).await;
    }

    /// The whole page on such a screen, as PNG.
    pub async fn picture(&self, width: u32, scheme: &str) -> Vec<u8> {
        self.screen(width, scheme).await;
        let height = self.run("return document.documentElement.scrollHeight").await;
        self.tall_screen(width, height.as_u64().unwrap_or(900), scheme).await;
        self.client.screenshot().await.expect("a picture")
    }

    /// Lets pages run their JavaScript, or keeps them from it: those that load from now on.
    pub async fn scripts(&self, allowed: bool) {
        self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": !allowed })).await;
    }

    /// Runs JavaScript of ours; needs a page that allows it.
    pub async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.expect("our script runs")
    }

    /// Runs JavaScript that calls its last argument when it is done.
    pub async fn run_async(&self, script: &str) -> Value {
        self.client.execute_async(script, Vec::new()).await.expect("our script runs")
    }

    async fn devtools(&self, command: &str, parameters: Value) {
        let command = DevTools { command: command.to_owned(), parameters };
        self.client.issue_cmd(command).await.expect("chromedriver passes it on");
    }

    /// Ends browser and driver. Dropping would leave the browser to the driver's death.
    pub async fn close(self) {
        let client = self.client.clone();
        client.close().await.expect("the browser closes");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may have ended with the browser.
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn port(driver: &mut Child) -> u16 {
    let stdout = driver.stdout.take().expect("its output is ours");
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        // "ChromeDriver was started successfully on port 12345."
        if let Some((_, port)) = line.split_once("successfully on port ") {
            return port.trim_end_matches('.').parse().expect("a port");
        }
    }
    panic!("chromedriver did not say on which port it listens");
}

/// A command of the browser's own protocol, which WebDriver lacks.
#[derive(Debug)]
struct DevTools {
    command: String,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({ "cmd": self.command, "params": self.parameters });
        (http::Method::POST, Some(body.to_string()))
    }

    fn is_new_session(&self) -> bool {
        false
    }

    fn is_legacy(&self) -> bool {
        false
    }
}
