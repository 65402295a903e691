//! What the function says of itself in `/openapi.json` is what it does: an independent program reads
//! the description and sends what it allows, and what it does not.

use std::process::Command;

use tests::preview::Preview;
use tests::project::Project;
use tests::root;

/// Requests to each operation; more find more, and take longer.
const EXAMPLES: &str = "25";

#[test]
fn the_function_answers_as_its_description_says() {
    let program = root().join("tests/.tools/venv/bin/schemathesis");
    assert!(program.is_file(), "schemathesis is missing: tests/run fetches it");
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let output = Command::new(program)
        .current_dir(project.path())
        .args(["run", &format!("{}/openapi.json", preview.address), "--url", &preview.address])
        .args(["--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES])
        .args(["--checks", "not_a_server_error,status_code_conformance,content_type_conformance"])
        // The same requests on every run, from a page of this site.
        .args(["--seed", "4711", "-H", "Sec-Fetch-Site: same-origin", "--no-color"])
        .output()
        .expect("schemathesis starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let tested = said.lines().find_map(|line| line.trim().strip_prefix("Tested: "));
    let tested: usize = tested.and_then(|count| count.trim().parse().ok()).unwrap_or(0);
    assert!(tested >= 20, "only {tested} operations were tested:\n{said}");
}
