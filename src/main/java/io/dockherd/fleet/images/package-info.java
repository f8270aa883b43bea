/**
 * The images of the herd: what they are called ({@link io.dockherd.fleet.images.Reference}), which
 * node has which ({@link io.dockherd.fleet.images.ImageIndex}, from facts), and the streams their
 * bytes and their progress move in. Knows engines and facts, and nothing of doors.
 */
package io.dockherd.fleet.images;
