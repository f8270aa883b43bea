/**
 * What a cluster is, knowing nothing of Docker: members that find and admit each other, facts each
 * owner tells about itself, records anybody may write, the bus, and the links that carry it all.
 * Way in: {@link io.dockherd.herd.Herd}.
 */
package io.dockherd.herd;
