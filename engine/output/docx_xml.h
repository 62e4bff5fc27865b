// Brevier — small helpers for writing XML text into a buffer.
// Markup is written as literals; everything that comes from a document or a sheet goes through one
// of these functions, so nothing else can break a part or smuggle markup into it.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_XML_H
#define BRV_OUTPUT_DOCX_XML_H

#include "base/buf.h"

#include <stdint.h>

// The declaration every part begins with.
#define BRV_XML_DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

// Text as XML 1.0 allows it: escaped, with controls, surrogates and noncharacters as U+FFFD. Tab
// and line feed stay (in attributes a reader turns them into spaces).
void brv_xml_text(struct brv_buf *out, brv_str text);
// Whether a reader that is not told to preserve space leaves some out: at an end, or beside other.
bool brv_xml_loses_space(brv_str text);

// ` name="value"` with a leading space.
void brv_xml_attr(struct brv_buf *out, const char *name, brv_str value);
void brv_xml_attr_int(struct brv_buf *out, const char *name, long long value);
// Six hexadecimal digits.
void brv_xml_attr_rgb(struct brv_buf *out, const char *name, uint32_t rgb);

// `<name w:val="…"/>`, the shape of most properties of WordprocessingML.
void brv_xml_val(struct brv_buf *out, const char *name, const char *value);
void brv_xml_val_str(struct brv_buf *out, const char *name, brv_str value);
void brv_xml_val_int(struct brv_buf *out, const char *name, long long value);
// A switch: `<name/>` when on, `<name w:val="0"/>` when off.
void brv_xml_switch(struct brv_buf *out, const char *name, bool on);

#endif
