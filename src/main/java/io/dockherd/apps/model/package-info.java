/**
 * What an app is, as values: its path, its configuration with all the dialects can say of it, its
 * revisions, and what is known of its instances. Each type knows the JSON it is kept and told as.
 * Pure; knows nothing of the herd or of engines.
 */
package io.dockherd.apps.model;
