using Qcw.Build.Caching;

namespace Qcw.Build.Tests.Caching;

public sealed class ActionResultTests
{
    private static readonly string Hash = new('a', 64);

    [Test]
    public void What_was_written_is_read() =>
        Assert.That(
            ActionResult.Read(Sample.ToBytes()),
            Is.EqualTo(Sample).Using<ActionResult>((one, other) => one.Text == other.Text && one.Files.SequenceEqual(other.Files)));

    /// <summary>
    /// The bytes as remote_execution.proto has them: output_files = 2 with path = 1, digest = 2, is_executable = 4; stdout_raw = 5.
    /// </summary>
    [Test]
    public void The_bytes_are_those_of_the_protocol()
    {
        byte[] digest = [0x0a, 64, .. System.Text.Encoding.ASCII.GetBytes(Hash), 0x10, 0xac, 0x02];
        byte[] file = [0x0a, 1, (byte)'f', 0x12, (byte)digest.Length, .. digest, 0x20, 1];
        byte[] message = [0x12, (byte)file.Length, .. file, 0x2a, 2, (byte)'h', (byte)'i'];
        Assert.That(new ActionResult([new CachedFile("f", Hash, 300, true)], "hi").ToBytes(), Is.EqualTo(message));
    }

    [Test]
    public void Fields_of_other_writers_are_passed_over()
    {
        byte[] more = [.. Sample.ToBytes(), 0x20, 0, 0x4a, 3, 1, 2, 3, 0x7d, 1, 2, 3, 4, 0x79, 1, 2, 3, 4, 5, 6, 7, 8];
        Assert.That(ActionResult.Read(more).Files, Is.EqualTo(Sample.Files));
    }

    [Test]
    public void A_part_of_a_message_is_none_or_has_fewer_files()
    {
        byte[] whole = Sample.ToBytes();
        for (int length = 0; length < whole.Length; length++)
        {
            try
            {
                ActionResult part = ActionResult.Read(whole[..length]);
                Assert.That(part.Text, Is.Empty, $"{length} bytes");
            }
            catch (BuildException e)
            {
                Assert.That(e.Message, Does.Contain("ActionResult"));
            }
        }
    }

    private static ActionResult Sample => new(
        [new CachedFile("output.tar.gz", Hash, 5_000_000_000, false), new CachedFile("ü", new string('0', 64), 0, true)],
        "qcw 1\nqemu compile\n");
}
