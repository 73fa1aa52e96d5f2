package dev.kindred.readme;

// #embed
import dev.kindred.spark.SparkEmbedding;
import dev.kindred.spark.Unreadable;
import org.apache.spark.sql.*;

public final class EmbedPhotos {
  public static void main(String... arguments) {
    SparkSession spark = SparkSession.builder().getOrCreate();
    Dataset<Row> photos = spark.read().format("binaryFile").load(arguments[1]);
    Dataset<Row> embedded =
        SparkEmbedding.images(arguments[0]) // a folder that all executors see
            .onUnreadable(Unreadable.NULL_VECTOR)
            .embed(photos, "content", "vector");
    SparkEmbedding.run(() -> embedded.select("path", "vector").write().parquet(arguments[2]));
  }
  // #end
}
