/**
 * Which nodes the herd counts on, also those that are not there just now. The way in is {@link
 * io.dockherd.herd.known.KnownNodes}; {@link io.dockherd.herd.known.RollCall} keeps it up to date.
 */
package io.dockherd.herd.known;
