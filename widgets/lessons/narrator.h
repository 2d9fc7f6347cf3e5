// SPDX-License-Identifier: GPL-3.0-or-later
// A voice: says one sentence and tells when it is over. Behind it Qt's TextToSpeech where the build has it, so that the
// player of lessons knows nothing of engines and voices, and tests bring their own. GUI thread.
#pragma once

#include <QLocale>
#include <QObject>
#include <QString>

#include <memory>

namespace headlens {

class Narrator : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // Whether there is a voice for this language. May start the speech service the first time.
    virtual bool canSpeak(const QLocale& language) = 0;
    // In the language that canSpeak() was last asked about and said yes to.
    virtual void say(const QString& sentence) = 0;
    virtual void stop() = 0; // no finished() follows

Q_SIGNALS:
    void finished(); // the sentence was spoken to its end
    void failed();   // the voice is gone; nothing more will be spoken
};

// Tells the end of a sentence from the other moments at which an engine says that it is ready: after our own stop(),
// and before it has begun, when it still answers for the sentence before.
class SpokenTurn {
public:
    void say()
    {
        m_isWaiting = true;
        m_isHeard = false;
    }
    void stop() { m_isWaiting = false; }
    void speaks() { m_isHeard = m_isWaiting; }
    // The engine is ready: true when that ends the sentence.
    bool ends()
    {
        if (!m_isWaiting || !m_isHeard) return false;
        m_isWaiting = false;
        return true;
    }

private:
    bool m_isWaiting = false, m_isHeard = false;
};

// The system's voices; null where the build has no TextToSpeech.
std::unique_ptr<Narrator> systemNarrator();

} // namespace headlens
