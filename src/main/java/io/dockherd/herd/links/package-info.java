/**
 * What carries the herd: mutual TLS on a node's three links (group, bus, relay), TLS on its doors,
 * and the relay itself. Way in: {@link io.dockherd.herd.links.LinkTls}, {@link
 * io.dockherd.herd.links.DoorTls}, {@link io.dockherd.herd.links.Relay}.
 */
package io.dockherd.herd.links;
