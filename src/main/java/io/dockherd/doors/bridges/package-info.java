/**
 * The bus for programs that are no Vert.x and no members: over TCP, in the frames of Vert.x's TCP
 * event-bus bridge, and over WebSockets as SockJS clients open them. Way in: {@link
 * io.dockherd.doors.bridges.TcpBridge}, {@link io.dockherd.doors.bridges.SockJsBridge}.
 *
 * <p>Both are written here, because those that come with Vert.x set no bound to a frame's length
 * nor to what waits for a client that does not read.
 */
package io.dockherd.doors.bridges;
