/**
 * The bytes of the herd's own messages: numbers, texts and nested parts, written compactly and read
 * with a limit on everything, since a reader must survive whatever arrives. Knows nothing else.
 */
package io.dockherd.herd.wire;
