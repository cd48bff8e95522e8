import Gupy

// Reads a text a line, and prints the number that a message would go to, or a dash.
while let text = readLine() {
  print(PhoneNumber(mobile: text)?.e164 ?? "-")
}
