/**
 * The conditions callers write: {@code node==host-1}, {@code zone!=~/east|west/}. Way in: {@link
 * io.dockherd.scheduling.expressions.Expression}. They come from anybody, so whatever they say is
 * matched in time linear in the text.
 */
package io.dockherd.scheduling.expressions;
