/**
 * The clustered event bus: a courier, never the record. Messages go from member to member over
 * Vert.x's own connections; who is there and which address has consumers where is told over a
 * channel of the {@link io.dockherd.herd.group.Group} and kept by each member about all others.
 *
 * <p>Every member owns what it says of itself and says it whole to whoever comes into view,
 * newcomer or parted by a split; then only what changes; and on a timer a digest, so that whoever
 * differs asks for the whole again. So a join, a merge and a repair are one code path.
 */
package io.dockherd.herd.bus;
