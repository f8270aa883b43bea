/**
 * What an instance needs beside its images: fetched into a folder of its own, unpacked there, and
 * gone with it. The way in is {@link io.dockherd.apps.artifacts.InstanceFolders}. Whoever made the
 * app wrote the addresses and packed the archives: both are held to be hostile.
 */
package io.dockherd.apps.artifacts;
