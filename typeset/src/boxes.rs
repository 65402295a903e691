//! What a print shop's machine reads beside the drawing: where the paint may run over the edge. The
//! typesetter writes where the paper is cut (TrimBox) and how large the sheet is (MediaBox), and not
//! how far the paint reaches (BleedBox).

use lopdf::{Document, Object};

/// Paint runs three millimetres over the edge of the paper, as print shops ask.
pub const BLEED: f32 = 3.0 * POINTS_PER_MILLIMETRE;

const POINTS_PER_MILLIMETRE: f32 = 72.0 / 25.4;

/// Adds a BleedBox around every TrimBox, and takes out whatever can be clicked: nothing on paper can.
pub(crate) fn finish(pdf: &[u8]) -> Result<Vec<u8>, lopdf::Error> {
    let mut document = Document::load_mem(pdf)?;
    let pages: Vec<_> = document.get_pages().into_values().collect();
    for id in pages {
        let page = document.get_object_mut(id)?.as_dict_mut()?;
        let edges: Vec<f32> = page
            .get(b"TrimBox")?
            .as_array()?
            .iter()
            .filter_map(|edge| edge.as_float().ok())
            .collect();
        if let [left, bottom, right, top] = edges.as_slice() {
            let around = [left - BLEED, bottom - BLEED, right + BLEED, top + BLEED];
            page.set("BleedBox", around.map(Object::Real).to_vec());
        }
        page.remove(b"Annots");
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes)?;
    Ok(bytes)
}
