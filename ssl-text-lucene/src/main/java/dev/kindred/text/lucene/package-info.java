/**
 * Sentence vectors in Apache Lucene: {@link dev.kindred.text.lucene.SentenceField} makes fields to
 * index and queries to find them by.
 *
 * <pre>{@code
 * SentenceField meaning = new SentenceField("meaning", embedder);
 *
 * Document document = new Document();
 * document.add(meaning.field("A plane is taking off."));
 * document.add(new StoredField("text", "A plane is taking off."));
 * writer.addDocument(document);
 *
 * TopDocs found = searcher.search(meaning.query("An aircraft departs.", 10), 10);
 * double cosine = SentenceField.cosine(found.scoreDocs[0].score);
 * }</pre>
 */
@NullMarked
package dev.kindred.text.lucene;

import org.jspecify.annotations.NullMarked;
