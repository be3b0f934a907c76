namespace Qcw.Build.Tests.Catalog;

public sealed class UpstreamVersionTests
{
    [TestCase("0.5.0", "0.5.0.0", "0.5.0", "0.5.0.0.3.0")]
    [TestCase("v0.5.0", "0.5.0.0", "0.5.0", "0.5.0.0.3.0")]
    [TestCase("5", "5.0.0.0", "5.0.0", "5.0.0.0.3.0")]
    [TestCase("7.2.0", "7.2.0.0", "7.2.0", "7.2.0.0.3.0")]
    [TestCase("1.2.3.65535", "1.2.3.65535", "1.2.3", "1.2.3.65535.3.0")]
    [TestCase("255.255.65535.9+git", "255.255.65535.9", "255.255.65535", "255.255.65535.9.3.0")]
    [TestCase("10.0.13+ds", "10.0.13.0", "10.0.13", "10.0.13.0.3.0")]
    [TestCase("8.0.0-rc2", "8.0.0.0", "8.0.0", "8.0.0.0.2.2")]
    [TestCase("8.0.0~rc.02+ds", "8.0.0.0", "8.0.0", "8.0.0.0.2.2")]
    [TestCase("8.0.0-alpha", "8.0.0.0", "8.0.0", "8.0.0.0.0.0")]
    [TestCase("5.4.1beta", "5.4.1.0", "5.4.1", "5.4.1.0.1.0")]
    [TestCase("4.5.0-dev", "4.5.0.0", "4.5.0", null)]
    [TestCase("4.5.0-rc12345", "4.5.0.0", "4.5.0", null)]
    [TestCase("2023.04", "2023.4.0.0", null, "2023.4.0.0.3.0")]
    [TestCase("1.256", "1.256.0.0", null, "1.256.0.0.3.0")]
    [TestCase("0.2.0-6-gcc6fb8a", "0.2.0.6", "0.2.0", "0.2.0.6.3.0")]
    [TestCase("v1.4-12-gcc6fb8a5db72948af31628b019575478522f4425", "1.4.0.12", "1.4.0", "1.4.0.12.3.0")]
    [TestCase("4.5.0-rc1-12-gcc6fb8a", "4.5.0.0", "4.5.0", null)]
    public void A_version_text_gives_the_numbers_of_each_kind(string text, string file, string? msi, string? order)
    {
        UpstreamVersion version = UpstreamVersion.Parse(text);
        Assert.That(version.FileVersion.ToString(), Is.EqualTo(file));
        Assert.That(version.MsiVersion, Is.EqualTo(msi));
        Assert.That(version.Order, Is.EqualTo(order));
        Assert.That($"{version}", Is.EqualTo(text));
    }

    [Test]
    public void Releases_come_after_their_candidates_and_those_after_betas()
    {
        string[] inOrder =
        [
            "7.2.0", "8.0.0-alpha2", "8.0.0-beta", "8.0.0-rc2", "8.0.0-rc10", "8.0.0", "8.0.0-3-gcc6fb8a", "8.0.1", "10.0.13+ds",
        ];
        int[][] orders = [.. inOrder.Select(text => UpstreamVersion.Parse(text).Order!.Split('.').Select(int.Parse).ToArray())];
        IEnumerable<int> signs = orders.Zip(orders.Skip(1), (one, next) =>
            one.Zip(next, (a, b) => a.CompareTo(b)).First(sign => sign is not 0));
        Assert.That(signs, Is.All.Negative);
    }

    [TestCase("")]
    [TestCase("master")]
    [TestCase("1.2.3.4.5")]
    [TestCase("1.65536")]
    [TestCase("1.0.70000")]
    [TestCase("1..2")]
    [TestCase("1.2.")]
    [TestCase("1.2-")]
    [TestCase("1.0-2")]
    [TestCase("1.2.3\n")]
    [TestCase("1.0 [X]")]
    [TestCase("1.2.3-70000-gcc6fb8a")]
    [TestCase("1.2.3.4-6-gcc6fb8a")]
    public void What_is_no_version_is_quoted(string text) => Assert.That(
        () => UpstreamVersion.Parse(text),
        Throws.InstanceOf<BuildException>().With.Message.Contains($"'{text}'").And.Message.Contains(UpstreamVersion.Accepted));
}
