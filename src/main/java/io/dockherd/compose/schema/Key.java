package io.dockherd.compose.schema;

/**
 * A key that may stand in a mapping.
 *
 * @param note why it is not honoured, or what to do instead; "" for an honoured one
 */
public record Key(String name, Shape shape, Support support, String note) {}
