/**
 * What may stand in a Compose file: a table of keys, each with the shape of its value, whether it
 * is honoured, and how values of several files become one. Way in: {@link
 * io.dockherd.compose.schema.ComposeKeys#FILE}. The same table checks files, makes them canonical,
 * merges them, and is printed in docs/compose.md. Pure.
 */
package io.dockherd.compose.schema;
