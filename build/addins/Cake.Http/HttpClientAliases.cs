using System.Net.Http.Headers;
using System.Text;
using Cake.Core;

namespace Cake.Http;

/// <summary>Requests whose answers are small: the whole body is held in memory.</summary>
public static class HttpClientAliases
{
    /// <summary>The body of the answer to a request, as UTF-8 text, whatever its status.</summary>
    /// <exception cref="HttpRequestException">There is no answer.</exception>
    public static string HttpSend(this ICakeContext context, string address, string httpMethod, HttpSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        ArgumentNullException.ThrowIfNull(settings);

        using var handler = new HttpClientHandler { UseCookies = false };
        using var client = new HttpClient(handler);
        client.Timeout = settings.Timeout ?? client.Timeout;
        using var request = new HttpRequestMessage(new HttpMethod(httpMethod), new Uri(address));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Cake", context.Environment.Runtime.CakeVersion.ToString()));
        using var response = client.Send(request);
        using var body = response.Content.ReadAsStream();
        using var reader = new StreamReader(body, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
