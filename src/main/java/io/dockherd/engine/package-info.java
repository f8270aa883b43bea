/**
 * The Docker Engine API of one engine: calls, streams, hijacked connections, the event stream, and
 * the version both sides speak. Way in: {@link io.dockherd.engine.Engine}. Knows nothing of herds,
 * nodes or doors.
 */
package io.dockherd.engine;
