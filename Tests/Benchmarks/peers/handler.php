<?php
// The same job as a team would write it in PHP: secret, decode, lock, event and attempt on disk, the
// message, its outcome on disk, the answer, a line in the log. With gatilho's promise, appends and
// syncs, and without its rules.
declare(strict_types=1);
require __DIR__ . '/journal.php';

/** Milliseconds since a moment of `hrtime`, to a tenth. */
function since(int $moment): float
{
    return round((hrtime(true) - $moment) / 1e6, 1);
}

/** Over a connection that outlives the request, which PHP 8.2's curl cannot keep. */
function post(string $body): array
{
    $socket = pfsockopen('127.0.0.1', (int) getenv('BENCH_PROVIDER'), $code, $message, 3);
    if ($socket === false) {
        return ['status' => 'unavailable'];
    }
    stream_set_timeout($socket, 10);
    fwrite($socket, "POST /v1/messages/send HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer key\r\n"
        . "Content-Type: application/json\r\nContent-Length: " . strlen($body) . "\r\n\r\n" . $body);
    $first = fgets($socket);
    if ($first === false) {
        fclose($socket);
        return ['status' => 'unconfirmed'];
    }
    $status = (int) explode(' ', $first, 3)[1];
    $length = 0;
    while (($line = rtrim((string) fgets($socket))) !== '') {
        if (stripos($line, 'Content-Length:') === 0) {
            $length = (int) substr($line, 15);
        }
    }
    $reply = json_decode((string) stream_get_contents($socket, $length), true);
    return ['status' => $status === 200 ? 'accepted' : 'rejected',
        'messageId' => $reply['message']['uuid'] ?? null, 'httpStatus' => $status];
}

function send(array $data, string $id, string $application): array
{
    return post(encode([
        'to' => $data['candidate']['mobileNumber'], 'from' => 'whatsapp', 'type' => 'text',
        'channel_uuid' => 'channel', 'content' => ['text' => $data['candidate']['name']],
        'template_uuid' => 'moved', 'optin_contact' => true,
        'template_values' => [$data['candidate']['name'], $data['application']['currentStep']['name']],
        'metadata' => ['gatilho_id' => $id, 'gupy_application' => $application],
    ]));
}

function kept(array $payload, string $application): array
{
    $data = $payload['data'];
    $step = $data['application']['currentStep'];
    return [
        'type' => $payload['event'], 'date' => $payload['date'], 'companyName' => $payload['companyName'],
        'job' => ['id' => (string) $data['job']['id'], 'name' => $data['job']['name'],
            'branchCode' => $data['job']['branchCode'], 'departmentCode' => $data['job']['departmentCode']],
        'application' => ['id' => $application],
        'candidate' => array_intersect_key($data['candidate'], array_flip(
            ['name', 'lastName', 'email', 'identificationDocument', 'mobileNumber']
        )),
        'currentStep' => ['name' => $step['name'], 'type' => $step['type']],
        'previousStep' => ['name' => $data['application']['previousStep']['name']], 'problems' => [],
    ];
}

/** What becomes of the event, when it is on disk. */
function handle(array $payload, array &$line): array
{
    $id = $payload['id'];
    $application = (string) $payload['data']['application']['id'];
    $line = ['eventId' => $id, 'application' => $application, 'type' => $payload['event']] + $line;
    $times = &$line['milliseconds'];
    $began = hrtime(true);
    $story = new Story((int) $application, $id);
    if (isset($story->known['outcome']) || isset($story->known['attempt'])) {
        $story->keepKnown();
        $times['journal'] = since($began);
        return ['id' => $id, 'duplicate' => true]
            + ($story->known['outcome'] ?? ['status' => 'unconfirmed']);
    }
    $day = ['eventId' => $id, 'application' => $application, 'type' => $payload['event']];
    tellDay(['at' => now(), 'status' => 'received'] + $day);
    $event = ['at' => now(), 'eventId' => $id, 'event' => kept($payload, $application)];
    if ($payload['data']['application']['currentStep']['type'] === 'final') {
        $outcome = ['status' => 'ignored', 'reason' => 'exceptedStep'];
        $story->keep($event, ['at' => now(), 'eventId' => $id, 'outcome' => $outcome]);
    } else {
        $attempt = ['provider' => 'callbell', 'template' => 'moved'];
        $story->keep($event, ['at' => now(), 'eventId' => $id, 'attempt' => $attempt]);
        $sent = hrtime(true);
        $outcome = send($payload['data'], $id, $application);
        $times['provider'] = since($sent);
        $story->keep(['at' => now(), 'eventId' => $id, 'outcome' => $outcome]);
    }
    $times['journal'] = round(since($began) - $times['provider'], 1);
    tellDay(['at' => now()] + array_intersect_key($outcome, ['status' => 1, 'reason' => 1]) + $day
        + ['journal' => (int) round($times['journal']), 'provider' => (int) round($times['provider'])]);
    return ['id' => $id] + $outcome;
}

$began = hrtime(true);
$line = ['level' => 'info', 'milliseconds' => ['total' => 0, 'journal' => 0, 'provider' => 0]];
if (!hash_equals(getenv('BENCH_SECRET'), $_SERVER['HTTP_AUTHORIZATION'] ?? '')) {
    [$status, $answer] = [401, ['status' => 'unauthorized']];
} else {
    $payload = json_decode(file_get_contents('php://input'), true);
    if (!isset($payload['id'], $payload['event'], $payload['data']['application']['id'])) {
        [$status, $answer] = [400, ['status' => 'notAnEvent']];
    } else {
        try {
            [$status, $answer] = [200, handle($payload, $line)];
        } catch (RuntimeException | JsonException) {
            [$status, $answer] = [503, ['status' => 'journalFailed']];
        }
    }
}
$line['milliseconds']['total'] = since($began);
$line = ['at' => now(), 'status' => $status,
    'outcome' => isset($answer['duplicate']) ? 'duplicate' : $answer['status']] + $line;
file_put_contents(getenv('BENCH_LOG'), encode($line) . "\n", FILE_APPEND);
http_response_code($status);
header('Content-Type: application/json');
echo encode($answer);
