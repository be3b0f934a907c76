namespace Qcw.Build.Tests.Core;

public sealed class FingerprintTests
{
    [Test]
    public void Does_not_depend_on_the_order_of_inputs() =>
        Assert.That(
            new Fingerprint().Add("a", "1").Add("b", "2").Hash,
            Is.EqualTo(new Fingerprint().Add("b", "2").Add("a", "1").Hash));

    [Test]
    public void Keeps_names_and_values_apart() =>
        Assert.That(
            new Fingerprint().Add("ab", "c").Hash,
            Is.Not.EqualTo(new Fingerprint().Add("a", "bc").Hash));

    [Test]
    public void Changes_with_any_value() =>
        Assert.That(
            new Fingerprint().Add("a", "1").Hash,
            Is.Not.EqualTo(new Fingerprint().Add("a", "2").Hash));
}
