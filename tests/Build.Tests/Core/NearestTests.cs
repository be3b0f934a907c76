namespace Qcw.Build.Tests.Core;

public sealed class NearestTests
{
    private static readonly string[] Known = ["target", "line", "mirror", "offline", "jobs", "debian13", "2023.04", "QemuInstaller", "xz"];

    [TestCase("tagret", "target")]
    [TestCase("TARGET", "target")]
    [TestCase("debain13", "debian13")]
    [TestCase("debian", "debian13")]
    [TestCase("lien", "line")]
    [TestCase("job", "jobs")]
    [TestCase("mirrror", "mirror")]
    [TestCase("QemuInstaler", "QemuInstaller")]
    [TestCase("qemuinstall", "QemuInstaller")]
    [TestCase("xzz", "xz")]
    public void A_slip_is_recognized(string given, string meant) => Assert.That(Nearest.Match(given, Known), Is.EqualTo(meant));

    [TestCase("")]
    [TestCase("frobnicate")]
    [TestCase("q")]
    [TestCase("windows")]
    public void Something_else_is_not(string given) => Assert.That(Nearest.Match(given, Known), Is.Null);

    [Test]
    public void Nothing_known_is_near_to_nothing() => Assert.That(Nearest.Match("target", []), Is.Null);

    [Test]
    public void The_first_of_equally_near_names_wins() => Assert.That(Nearest.Match("cat", ["bat", "rat"]), Is.EqualTo("bat"));

    [Test]
    public void A_swap_counts_once_and_is_nearer_than_two_changes() =>
        Assert.That(Nearest.Match("abdcefgh", ["abxyefgh", "abcdefgh"]), Is.EqualTo("abcdefgh"));

    [Test]
    public void Endless_input_costs_nothing() => Assert.That(Nearest.Match(new string('x', 10_000_000), Known), Is.Null);
}
