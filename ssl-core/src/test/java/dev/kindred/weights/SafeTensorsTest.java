package dev.kindred.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {
  @TempDir Path dir;

  // Reading: the files are put together here, byte by byte.

  @Test
  void readsTensorsByNameInTheOrderOfTheHeader() throws IOException {
    Map<String, NamedTensor> read =
        read(
            """
            {"__metadata__": {"format": "pt"},
             "b.weight": {"dtype": "F32", "shape": [2, 2], "data_offsets": [4, 20]},
             "a": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]},
             "none": {"data_offsets": [20, 20], "shape": [3, 0], "dtype": "F32"}}\
            """,
            floats(7, 1, 2, 3, -0.5f));
    assertThat(read.keySet()).containsExactly("b.weight", "a", "none");
    assertTensor(read, "b.weight", new long[] {2, 2}, 1, 2, 3, -0.5f);
    assertTensor(read, "a", new long[] {}, 7);
    assertTensor(read, "none", new long[] {3, 0});
  }

  @Test
  void readsAHeaderPaddedWithSpacesAndAFileWithoutTensors() throws IOException {
    assertThat(read("{}", new byte[0])).isEmpty();
    assertThat(read("{\"__metadata__\": {}}" + " ".repeat(13), new byte[0])).isEmpty();
  }

  @Test
  void readsNamesOfAnyLettersAndDataThatAreNotAligned() throws IOException {
    byte[] data = littleEndian(10).putShort((short) 0x3F80).putDouble(0.5).array();
    Map<String, NamedTensor> read =
        read(
            "{\"ü 🐈\\n\": {\"dtype\": \"BF16\", \"shape\": [1], \"data_offsets\": [0, 2]}, \"\":"
                + " {\"dtype\": \"F64\", \"shape\": [1], \"data_offsets\": [2, 10]}}",
            data);
    assertTensor(read, "ü 🐈\n", new long[] {1}, 1);
    assertTensor(read, "", new long[] {1}, 0.5f);
  }

  @Test
  void readsTensorsLargerThanItsBuffer() throws IOException {
    float[] values = new float[300_007];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Map<String, NamedTensor> read = read(one("F32", "[300007]", 4 * 300_007), floats(values));
    assertTensor(read, "x", new long[] {300_007}, values);
  }

  @Test
  void readsDoublesRoundedToFloats() throws IOException {
    double[] doubles = {0.1, 1e300, -1e-300, Double.NaN, 16777217};
    ByteBuffer data = littleEndian(40);
    data.asDoubleBuffer().put(doubles);
    assertTensor(
        read(one("F64", "[5]", 40), data.array()),
        "x",
        new long[] {5},
        0.1f,
        Float.POSITIVE_INFINITY,
        -0f,
        Float.NaN,
        16777216);
  }

  @Test
  void readsLongsAsPyTorchCountsBatchesIn() throws IOException {
    byte[] data = littleEndian(8).putLong(1_234_567).array();
    assertTensor(read(one("I64", "[]", 8), data), "x", new long[] {}, 1_234_567);
    byte[] extremes = littleEndian(16).putLong(-3).putLong(Long.MAX_VALUE).array();
    assertTensor(read(one("I64", "[2]", 16), extremes), "x", new long[] {2}, -3, 0x1p63f);
  }

  @Test
  void readsBfloat16() throws IOException {
    short[] bits = {0x3F80, (short) 0xC040, 0x7F80, (short) 0xFF80, 0x0001, (short) 0x8000, 0x7FC0};
    assertTensor(
        read(one("BF16", "[7]", 14), shorts(bits)),
        "x",
        new long[] {7},
        1,
        -3,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        0x1p-133f,
        -0f,
        Float.NaN);
  }

  @Test
  void readsTheLandmarksOfHalfPrecision() throws IOException {
    short[] bits = {
      0x3C00,
      (short) 0xC000,
      0x3555,
      0x7BFF,
      0x0400,
      0x03FF,
      0x0001,
      (short) 0x8001,
      0x0000,
      (short) 0x8000,
      0x7C00,
      (short) 0xFC00,
      0x7E00
    };
    assertTensor(
        read(one("F16", "[13]", 26), shorts(bits)),
        "x",
        new long[] {13},
        1,
        -2,
        0.33325195f,
        65504,
        0x1p-14f,
        0x1.ff8p-15f,
        0x1p-24f,
        -0x1p-24f,
        0,
        -0f,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN);
  }

  @Test
  void readsEveryHalfByItsDefinition() throws IOException {
    short[] bits = new short[1 << 16];
    float[] expected = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (short) i;
      expected[i] = (float) half(i >> 15, i >> 10 & 31, i & 1023);
    }
    NamedTensor read = read(one("F16", "[65536]", 1 << 17), shorts(bits)).get("x");
    assertThat(read).isNotNull().extracting(NamedTensor::values).isEqualTo(expected);
  }

  // Files that are refused.

  @Test
  void refusesFilesThatAreNotThere() throws IOException {
    assertThatThrownBy(() -> SafeTensors.read(dir.resolve("no.safetensors")))
        .isInstanceOf(KindredException.class)
        .hasMessage(dir.resolve("no.safetensors") + ": does not exist; check the path");
    assertThatThrownBy(() -> SafeTensors.read(dir))
        .isInstanceOf(KindredException.class)
        .hasMessage(dir + ": cannot be read (FileSystemException: is a folder)");
  }

  @Test
  void refusesAFileThatMayNotBeRead() throws IOException {
    Path file = Files.write(dir.resolve("x.safetensors"), file("{}", new byte[0]));
    assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file));
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(KindredException.class)
        .hasMessage(file + ": may not be read; allow it");
  }

  @Test
  void refusesFilesWithoutAWholeHeader() {
    assertRefused(
        new byte[0],
        "must begin with the 8 bytes of the header's length, is empty; save or download it again");
    assertRefused(
        new byte[7],
        "must begin with the 8 bytes of the header's length, has 7; save or download it again");
    assertRefused(
        littleEndian(10).putLong(3).array(),
        "the header must end within the file, says it has 3 bytes of the 2 there are;"
            + " save or download it again");
  }

  @ParameterizedTest
  @CsvSource({"100000001", "1073741824", "9223372036854775807", "18446744073709551615"})
  void refusesAHeaderTooLongToBeTrue(String length) {
    byte[] bytes = littleEndian(64).putLong(Long.parseUnsignedLong(length)).array();
    assertRefused(
        bytes,
        "the header must be at most 100000000 bytes long, says it has "
            + length
            + "; check that it is a safetensors file");
  }

  @Test
  void refusesOtherFiles() {
    assertRefused(
        "<html><body>404".getBytes(StandardCharsets.UTF_8), "check that it is a safetensors file");
    assertRefused(
        "version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.UTF_8),
        "check that it is a safetensors file");
  }

  @Test
  void refusesAHeaderThatIsNotUtf8() {
    byte[] bytes = littleEndian(11).putLong(3).put(new byte[] {'{', (byte) 0xFF, '}'}).array();
    assertRefused(bytes, "the header must be UTF-8, is not; save or download it again");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``  | the header must begin with {, was ""; save or download it again
          [1] | the header must begin with {, was "[1]"; save or download it again
          nul | the header must begin with {, was "nul"; save or download it again
          ` {}` | the header must begin with {, was " {}"; save or download it again
          {   | the header must be one JSON object with every name once (Unexpected end-of-input
          {'x' | the header must be one JSON object with every name once (Unexpected end-of-input
          {}{} | the header must be one JSON object with every name once (Trailing token
          {} x | the header must be one JSON object with every name once (
          {'__metadata__': 1} | __metadata__ must be an object of strings, was 1; save or
          {'__metadata__': {'a': 1}} | __metadata__ must be an object of strings, was {"a":1}; save
          """)
  void refusesHeadersThatAreNotAJsonObject(String header, String message) {
    assertRefused(file(quoted(header), new byte[0]), message);
  }

  @Test
  void refusesANameTwice() {
    String entry = "'x': {'dtype': 'F32', 'shape': [1], 'data_offsets': [0, 4]}";
    assertRefused(
        file(quoted("{" + entry + ", " + entry + "}"), floats(1)), "every name once (Duplicate");
    assertRefused(
        file(quoted("{'x': {'dtype': 'F32', 'dtype': 'F32'}}"), floats(1)),
        "every name once (Duplicate");
    assertRefused(
        file(quoted("{'__metadata__': {}, '__metadata__': {}}"), new byte[0]),
        "every name once (Duplicate");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          3 | must be an object, was 3; save or download it again
          '100 %d %n' | must be an object, was "100 %d %n"; save or download it again
          null | must be an object, was null; save or download it again
          {'shape': [2], 'data_offsets': []} | must have dtype, shape and data_offsets, lacks dtype;
          {'dtype': 'F32', 'data_offsets': []} | must have dtype, shape and data_offsets, lacks shape;
          {'dtype': 'F32', 'shape': [2]} | must have dtype, shape and data_offsets, lacks data_offsets;
          """)
  void refusesEntriesThatLackSomething(String entry, String message) {
    assertRefused(file(quoted("{'x': " + entry + "}"), floats(1, 2)), "\"x\": " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'BOOL'", "'U8'", "'I32'", "'F8_E4M3'", "'C64'", "'f32'", "32", "null"})
  void refusesOtherTypesByName(String dtype) {
    assertRefused(
        file(
            quoted("{'x': {'dtype': " + dtype + ", 'shape': [2], 'data_offsets': [0, 8]}}"),
            floats(1, 2)),
        "\"x\": dtype must be one of F32, F16, BF16, F64, I64, was "
            + quoted(dtype)
            + "; convert it, or save the file without it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [-2] | must be an array of whole numbers >= 0, was [-2]; save or download it again
          [2.0] | must be an array of whole numbers >= 0, was [2.0]; save or download it again
          ['2'] | must be an array of whole numbers >= 0, was ["2"]; save or download it again
          [null] | must be an array of whole numbers >= 0, was [null]; save or download it again
          [9223372036854775808] | must be an array of whole numbers >= 0, was [9223372036854775808];
          2 | must be an array of whole numbers >= 0, was 2; save or download it again
          {'a': 2} | must be an array of whole numbers >= 0, was {"a":2}; save
          [2147483648] | must have a product of at most 2147483639, was [2147483648]; save it in
          [4294967296, 4294967296] | must have a product of at most 2147483639, was [4294967296,429
          [9223372036854775807, 2, 0] | must have a product of at most 2147483639, was [9223372036
          """)
  void refusesShapesThatAreNone(String shape, String message) {
    assertRefused(file(one("F32", quoted(shape), 8), floats(1, 2)), "\"x\": shape " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [-4, 4] | data_offsets must be an array of whole numbers >= 0, was [-4,4]; save
          [0, 8.5] | data_offsets must be an array of whole numbers >= 0, was [0,8.5]; save
          '0, 8' | data_offsets must be an array of whole numbers >= 0, was "0, 8"; save
          [0] | data_offsets must be [begin, end], was [0]; save or download it again
          [0, 4, 8] | data_offsets must be [begin, end], was [0,4,8]; save or download it again
          [8, 0] | data_offsets must not end before they begin, were [8, 0]; save
          [0, 12] | must end within the 8 bytes after the header, ends at 12 (the file is truncated)
          [0, 4] | must have the 8 bytes that [2] of F32 takes, has 4; save or download it again
          [0, 7] | must have the 8 bytes that [2] of F32 takes, has 7; save or download it again
          """)
  void refusesOffsetsThatCannotBe(String offsets, String message) {
    String header = "{'x': {'dtype': 'F32', 'shape': [2], 'data_offsets': " + offsets + "}}";
    assertRefused(file(quoted(header), floats(1, 2)), "\"x\": " + message);
  }

  @Test
  void refusesSizesThatTheTypeBelies() {
    assertRefused(
        file(one("F64", "[1]", 4), floats(1)),
        "\"x\": must have the 8 bytes that [1] of F64 takes, has 4; save or download it again");
    assertRefused(
        file(one("F16", "[]", 4), floats(1)),
        "\"x\": must have the 2 bytes that [] of F16 takes, has 4; save or download it again");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4, b, 8, 4, they overlap",
    "0, 0, b, 8, 0, they overlap",
    "0, 12, b, 8, 12, there is a hole",
    "4, 12, a, 0, 4, there is a hole",
    "12, 0, a, 8, 12, there is a hole",
    "8, 4, b, 0, 4, there is a hole"
  })
  void refusesBytesOfNoTensorOrTwo(
      int a, int b, String wrongName, int covered, int begin, String wrong) {
    assertRefused(
        file(pairBeginningAt(a, b), floats(1, 2, 3, 4, 5)),
        ": \"%s\": must begin at %d, where the tensor before it ends, begins at %d (%s); save or"
            .formatted(wrongName, covered, begin, wrong));
  }

  @Test
  void refusesBytesAfterTheLastTensor() {
    assertRefused(
        file(pairBeginningAt(8, 0), floats(1, 2, 3, 4, 5)),
        ": must end with its last tensor, has 4 bytes after it; save or download it again");
  }

  @Test
  void refusesMoreThanTheHeapBeforeReadingAnyOfIt() throws IOException {
    long values = Runtime.getRuntime().maxMemory() / Float.BYTES + 1;
    assumeTrue(values < Integer.MAX_VALUE - 8);
    String header =
        "{'x': {'dtype': 'F16', 'shape': [%d], 'data_offsets': [0, %d]}}"
            .formatted(values, 2 * values);
    byte[] start = file(quoted(header), new byte[0]);
    Path file = Files.write(dir.resolve("x.safetensors"), start);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(start.length + 2 * values);
    }
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(KindredException.class)
        .hasMessageMatching(".*: needs \\d+ MiB of heap, more than the \\d+ there are; raise -Xmx");
  }

  @Test
  void refusesDataWithoutTensors() {
    assertRefused(
        file("{}", floats(1)),
        ": must end with its last tensor, has 4 bytes after it; save or download it again");
  }

  @Test
  void refusesEveryTruncation() {
    byte[] whole = file(one("F32", "[2]", 8), floats(1, 2));
    for (int length = 0; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length), "download it again");
    }
  }

  @Test
  void staysOnOneShortLineWhateverTheNames() {
    String name = "a\\nb" + "c".repeat(1000);
    assertRefused(file("{\"" + name + "\": 1}", new byte[0]), ": \"a\\nbccc");
    String twice = "\"a\\nb\": 1";
    assertRefused(file("{" + twice + ", " + twice + "}", new byte[0]), "every name once");
  }

  // Writing.

  @Test
  void writesTheseBytes() throws IOException {
    Path file = dir.resolve("new/x.safetensors");
    SafeTensors.write(
        file,
        List.of(tensor("w", new long[] {1, 2}, 1, -2), tensor("b", new long[] {}, 0.5f)),
        Map.of("format", "pt"));
    String header =
        quoted(
            "{'__metadata__':{'format':'pt'},"
                + "'w':{'dtype':'F32','shape':[1,2],'data_offsets':[0,8]},"
                + "'b':{'dtype':'F32','shape':[],'data_offsets':[8,12]}}");
    assertThat(header).hasSize(140);
    assertThat(Files.readAllBytes(file)).isEqualTo(file(header + "    ", floats(1, -2, 0.5f)));
  }

  @Test
  void writesNoPaddingWhereNoneIsNeededAndNoEmptyMetadata() throws IOException {
    Path file = dir.resolve("x.safetensors");
    SafeTensors.write(file, List.of(), Map.of());
    assertThat(Files.readAllBytes(file)).isEqualTo(file("{}      ", new byte[0]));
    SafeTensors.write(file, List.of(tensor("abcdefghijk", new long[] {1}, 1)), Map.of());
    String header = quoted("{'abcdefghijk':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}");
    assertThat(header.length() % 8).isZero();
    assertThat(Files.readAllBytes(file)).isEqualTo(file(header, floats(1)));
  }

  @Test
  void writesTensorsLargerThanItsBuffer() throws IOException {
    float[] values = new float[50_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = -i;
    }
    Path file = dir.resolve("x.safetensors");
    SafeTensors.write(file, List.of(new NamedTensor("x", new long[] {50_003}, values)), Map.of());
    byte[] bytes = Files.readAllBytes(file);
    assertThat(Arrays.copyOfRange(bytes, bytes.length - 4 * values.length, bytes.length))
        .isEqualTo(floats(values));
  }

  @Test
  void refusesToWriteWhatCouldNotBeReadAndWritesNothing() {
    Path file = dir.resolve("x.safetensors");
    NamedTensor tensor = tensor("a", new long[] {1}, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafeTensors.write(file, List.of(tensor, tensor), Map.of()))
        .withMessage("a tensor's name must be unlike all others and __metadata__, was a");
    NamedTensor reserved = tensor("__metadata__", new long[] {1}, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafeTensors.write(file, List.of(reserved), Map.of()))
        .withMessage(
            "a tensor's name must be unlike all others and __metadata__, was __metadata__");
    NamedTensor half = tensor("\ud800", new long[] {1}, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafeTensors.write(file, List.of(half), Map.of()))
        .withMessage("names and metadata must be valid Unicode, one has half a surrogate pair");
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    assertThatThrownBy(() -> SafeTensors.write(dir, List.of(), Map.of()))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith(dir + ": cannot be written")
        .hasMessageContaining("is a folder");
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void aTensorHasAsManyValuesAsItsShapeSays() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tensor("a", new long[] {2, 2}, 1, 2, 3))
        .withMessage(
            "a: the product of the shape must be the number of values, was [2, 2] for 3 values");
    for (long[] shape : new long[][] {{-1}, {-1, -1}, {1L << 32, 1L << 32}, {}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new NamedTensor("a", shape, new float[0]));
    }
  }

  @Property(tries = 200)
  void readsBackWhatItWrote(
      @ForAll("tensors") List<NamedTensor> tensors, @ForAll("texts") Map<String, String> metadata)
      throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path file = memory.getPath("x.safetensors");
      SafeTensors.write(file, tensors, metadata);
      assertThat(
              ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong()
                  % 8)
          .isZero();
      Map<String, NamedTensor> read = SafeTensors.read(file);
      assertThat(read.keySet())
          .containsExactlyElementsOf(tensors.stream().map(NamedTensor::name).toList());
      tensors.forEach(tensor -> assertTensor(read, tensor.name(), tensor.shape(), tensor.values()));
    }
  }

  @Provide
  Arbitrary<List<NamedTensor>> tensors() {
    Arbitrary<long[]> shapes = Arbitraries.longs().between(0, 4).array(long[].class).ofMaxSize(4);
    Arbitrary<NamedTensor> tensors =
        shapes.flatMap(
            shape ->
                names()
                    .flatMap(
                        name ->
                            anyFloat()
                                .array(float[].class)
                                .ofSize((int) Arrays.stream(shape).reduce(1, (a, b) -> a * b))
                                .map(values -> new NamedTensor(name, shape, values))));
    return tensors.list().uniqueElements(NamedTensor::name).ofMaxSize(6);
  }

  @Provide
  Arbitrary<Map<String, String>> texts() {
    return Arbitraries.maps(names(), names()).ofMaxSize(3);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.strings().alpha().numeric().withChars("._/").ofMinLength(1).ofMaxLength(20),
        Arbitraries.strings().withChars("\"\\{}\n\t\0äΩ猫 ").ofMaxLength(8));
  }

  private static Arbitrary<Float> anyFloat() {
    return Arbitraries.integers().map(Float::intBitsToFloat);
  }

  // The pieces of a file.

  /** A header with one tensor, {@code x}, whose values take {@code bytes}. */
  private static String one(String dtype, String shape, int bytes) {
    return "{\"x\": {\"dtype\": \"%s\", \"shape\": %s, \"data_offsets\": [0, %d]}}"
        .formatted(dtype, shape, bytes);
  }

  /** A header with tensors {@code a} and {@code b} of two floats each. */
  private static String pairBeginningAt(int a, int b) {
    String entry = "'%s': {'dtype': 'F32', 'shape': [2], 'data_offsets': [%d, %d]}";
    return quoted(
        "{" + entry.formatted("a", a, a + 8) + ", " + entry.formatted("b", b, b + 8) + "}");
  }

  private static byte[] file(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return littleEndian(8 + text.length + data.length)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = littleEndian(4 * values.length);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  private static byte[] shorts(short... values) {
    ByteBuffer bytes = littleEndian(2 * values.length);
    bytes.asShortBuffer().put(values);
    return bytes.array();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return littleEndian(new byte[bytes]);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** JSON with its quotes written as apostrophes. */
  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  /** IEEE 754's definition of binary16. */
  private static double half(int sign, int exponent, int fraction) {
    double magnitude;
    if (exponent == 31) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((double) fraction, -24);
    } else {
      magnitude = Math.scalb(1 + fraction / 1024.0, exponent - 15);
    }
    return sign == 0 ? magnitude : -magnitude;
  }

  private static NamedTensor tensor(String name, long[] shape, float... values) {
    return new NamedTensor(name, shape, values);
  }

  private Map<String, NamedTensor> read(String header, byte[] data) throws IOException {
    return SafeTensors.read(Files.write(dir.resolve("x.safetensors"), file(header, data)));
  }

  private static void assertTensor(
      Map<String, NamedTensor> tensors, String name, long[] shape, float... values) {
    NamedTensor tensor = Objects.requireNonNull(tensors.get(name));
    assertThat(tensor.name()).isEqualTo(name);
    assertThat(tensor.shape()).isEqualTo(shape);
    assertThat(tensor.values()).isEqualTo(values);
  }

  private void assertRefused(byte[] bytes, String message) {
    Path file = dir.resolve("x.safetensors");
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(500));
  }
}
